// Defines a slot of the Google Publisher Tag for every element that the templates gpt and gpt-twins wrote.
// Load it with `defer`, beside https://securepubads.g.doubleclick.net/tag/js/gpt.js.
window.googletag = window.googletag || { cmd: [] };

googletag.cmd.push(() => {
  const pubads = googletag.pubads();
  // An ad is fetched five screens before it is seen and drawn two screens before; on phones at twice the distance.
  pubads.enableLazyLoad({ fetchMarginPercent: 500, renderMarginPercent: 200, mobileScaling: 2.0 });
  googletag.enableServices();

  for (const element of document.querySelectorAll(".adslot-gpt")) {
    if (element.getClientRects().length === 0) continue; // it belongs to another layout
    const root = element.closest("[data-adslot-rule]");
    const unit = element.dataset.adUnit || root.dataset.adUnit;
    const slot = googletag.defineSlot(unit, JSON.parse(element.dataset.sizes), element.id);
    if (element.dataset.sizeMapping) slot.defineSizeMapping(JSON.parse(element.dataset.sizeMapping));
    slot.setTargeting("rule", root.dataset.adslotRule).addService(pubads);
    googletag.display(element.id);
  }
});
