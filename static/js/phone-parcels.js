// What a phone page says of the photos, minutes and further sessions that wait on the phone (self.lantoaParcels).
(() => {
  const phone = self.lantoaPhone;
  const SHOWN = 6000; // how long "Đã lưu" stays for pages opened meanwhile
  // Zalo's browser has a memory of its own, which Chrome does not see
  const AGAIN = /Zalo/i.test(navigator.userAgent) ? "Đồng chí mở lại trang này trong Zalo khi có mạng để gửi." : "Máy giữ và tự gửi một lần khi có mạng.";

  const counted = (rows) => {
    const files = rows.filter((row) => row.kind === "file").length;
    const extras = rows.length - files;
    return [files && `${files} tệp ảnh, biên bản`, extras && `${extras} buổi chia ca, học bù`].filter(Boolean).join(" và ");
  };
  const box = (state, text) => {
    const made = document.createElement("div");
    made.className = `notice notice-${state === "taken" ? "success" : "warning"}`;
    made.dataset.state = state;
    made.dataset.parcels = "";
    const body = made.appendChild(document.createElement("div"));
    body.className = "notice-body";
    body.appendChild(document.createElement("p")).textContent = text;
    return made;
  };
  const button = (made, words, act) => {
    const one = made.firstChild.appendChild(document.createElement("button"));
    [one.type, one.className, one.textContent] = ["button", "btn btn-secondary me-2 mb-2", words];
    one.addEventListener("click", act);
  };

  const WORDS = {
    waiting: (rows) => `Đang chờ gửi: ${counted(rows)} của ${rows[0].unit}. ${AGAIN}`,
    login: (rows) => `Đang chờ gửi: ${counted(rows)} của ${rows[0].unit}. Đồng chí đăng nhập lại để gửi.`,
    taken: (rows) => {
      const files = rows.filter((row) => row.kind === "file").length;
      return [files && `Đã lưu ${files} tệp.`, rows.length > files && `Đã ghi ${rows.length - files} buổi chia ca, học bù.`].filter(Boolean).join(" ");
    },
  };
  const refused = (row, send) => {
    const why = row.state === "missing" ? "Báo cáo này không còn mở, đồng chí gọi văn phòng." : row.words;
    const made = box("refused", `Chưa gửi được ${row.label} của ${row.unit}, vẫn giữ trên máy. ${why}`);
    if (row.kind === "extra") {
      const link = made.firstChild.appendChild(document.createElement("a"));
      [link.className, link.href, link.textContent] = ["btn btn-outline-primary me-2 mb-2", `/bao-cao-buoi-hoc/${row.filing}/them-buoi/`, "Sửa lại"];
    } else button(made, "Gửi lại", async () => {
      await phone.put("parcels", { ...row, state: "waiting", settled: false });
      await send();
    });
    button(made, "Bỏ khỏi máy này", async () => {
      await phone.remove("parcels", row.key);
      await send();
    });
    return made;
  };
  // Where nobody is signed in, whoever holds the phone looks: how much waits, never whose or what, and nothing to press.
  const COUNTED = {
    waiting: (words) => `Đang chờ gửi: ${words}. ${AGAIN}`,
    login: (words) => `Đang chờ gửi: ${words}. Đồng chí đăng nhập lại để gửi.`,
    taken: (words) => `Đã gửi ${words}.`,
    refused: (words) => `Chưa gửi được ${words}, vẫn giữ trên máy. Đồng chí đăng nhập để xem lý do và gửi lại.`,
  };
  const KINDS = { waiting: "waiting", held: "waiting", login: "login", taken: "taken", sent: "taken" };
  const counts = (reports, parcels) => {
    const of = (rows, kind) => rows.filter((row) => (KINDS[row.state] ?? "refused") === kind);
    return Object.entries(COUNTED).flatMap(([kind, say]) => {
      const [whole, apart] = [of(reports, kind).length, counted(of(parcels, kind))];
      const words = [whole && `${whole} báo cáo`, apart].filter(Boolean).join(", ");
      return words ? [box(kind, say(words))] : [];
    });
  };
  self.lantoaParcels = {
    counts,
    lines: (rows, send) => {
      const made = rows.filter((row) => row.settled && row.state !== "taken").map((row) => refused(row, send));
      for (const state of ["waiting", "login", "taken"]) {
        const groups = new Map();
        for (const row of rows.filter((one) => one.state === state)) groups.set(row.filing, [...(groups.get(row.filing) || []), row]);
        for (const group of groups.values()) made.push(box(state, WORDS[state](group)));
      }
      const taken = rows.filter((row) => row.state === "taken");
      if (taken.length) setTimeout(() => taken.forEach((row) => phone.remove("parcels", row.key)), SHOWN);
      return made;
    },
  };
})();
