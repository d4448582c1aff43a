// What is typed in a form as {name: [values]}, and back (self.lantoaTyped); `skipped` says which fields are left out.
(() => {
  const choice = (field) => ["checkbox", "radio"].includes(field.type);
  const UNKEPT = ["file", "password", "submit", "button"];
  self.lantoaTyped = {
    skipped: (field) => !field.name || field.name === "csrfmiddlewaretoken" || "draftSkip" in field.dataset || UNKEPT.includes(field.type),
    read: (form, skipped, fields = {}) => {
      for (const field of form.elements) {
        if (skipped(field)) continue;
        fields[field.name] ??= [];
        if (!choice(field) || field.checked) fields[field.name].push(field.value);
      }
      return fields;
    },
    // `seen` counts the fields of one name, over several forms where the page has several.
    write: (form, fields, skipped, seen = {}) => {
      for (const field of form.elements) {
        if (skipped(field) || !(field.name in fields)) continue;
        const values = fields[field.name];
        if (choice(field)) field.checked = values.includes(field.value);
        else {
          const at = (seen[field.name] = (seen[field.name] ?? -1) + 1);
          if (values[at] !== undefined) field.value = values[at];
        }
      }
    },
  };
})();
