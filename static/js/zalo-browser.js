// Zalo's own browser closes pages and forgets drafts: say so and offer Chrome.
// On Android an intent address opens Chrome; elsewhere the words in the hint must do.
(() => {
  const hint = document.querySelector("[data-zalo-hint]");
  if (!hint || !/Zalo/i.test(navigator.userAgent)) return;
  hint.hidden = false;
  const link = hint.querySelector("[data-zalo-open]");
  if (!link || !/Android/i.test(navigator.userAgent)) return;
  const { host, pathname, search, protocol } = window.location;
  link.href = `intent://${host}${pathname}${search}#Intent;scheme=${protocol.replace(":", "")};package=com.android.chrome;end`;
  link.hidden = false;
})();
