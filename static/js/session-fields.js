// Fields of one step of a report as pairs, and back (self.lantoaFields). What the server made of the page is left out.
(() => {
  const OURS = new Set(["csrfmiddlewaretoken", "version", "device", "more_present", "later"]);
  self.lantoaFields = {
    read: (form) => [...new FormData(form)].filter(([name, value]) => !OURS.has(name) && typeof value === "string"),
    // Puts `pairs` into `form`; a field the person has touched meanwhile is left alone.
    write: (form, pairs, touched = new Set()) => {
      const values = new Map();
      for (const [name, value] of pairs) values.set(name, [...(values.get(name) || []), value]);
      for (const field of form.elements) {
        if (!field.name || OURS.has(field.name) || touched.has(field.name) || ["file", "submit", "button"].includes(field.type)) continue;
        const typed = values.get(field.name);
        if (["checkbox", "radio"].includes(field.type)) field.checked = Boolean(typed?.includes(field.value));
        else if (typed?.length) field.value = typed.shift();
      }
      document.dispatchEvent(new Event("lantoa:restored"));
    },
    clock: (moment) => new Date(moment).toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" }),
  };
})();
