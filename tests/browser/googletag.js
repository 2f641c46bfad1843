// Stands in for the Google Publisher Tag: fills what is displayed after a while, with a frame of the first size that fits.
(() => {
  const slots = new Map();
  const service = { calls: [], enableLazyLoad: (options) => service.calls.push(options) };
  const define = (unit, sizes, id) => {
    const slot = { unit, sizes, id, mapping: null, targeting: {} };
    slot.defineSizeMapping = (mapping) => ((slot.mapping = mapping), slot);
    slot.setTargeting = (key, value) => ((slot.targeting[key] = value), slot);
    slot.addService = () => slot;
    slots.set(id, slot);
    return slot;
  };
  const sizesOf = (slot) =>
    (slot.mapping || [[[0, 0], slot.sizes]]).find(([[width]]) => width <= document.documentElement.clientWidth)[1];
  const display = (id) => {
    const slot = slots.get(id);
    const [width, height] = sizesOf(slot).find((size) => size !== "fluid");
    setTimeout(() => {
      const frame = document.createElement("iframe");
      Object.assign(frame, { width, height, title: "Anzeige", style: "border: 0" });
      frame.srcdoc = `<body style="margin:0;height:100vh;display:grid;place-items:center;background:#dde6ee;color:#4a5a68;font:14px sans-serif">${width} × ${height}`;
      document.getElementById(id).append(frame);
    }, 150 + 100 * slots.size);
  };
  const commands = (window.googletag && window.googletag.cmd) || [];
  window.googletag = {
    cmd: { push: (run) => run() }, pubads: () => service, enableServices() {}, defineSlot: define, display,
    stub: { service, slots: () => [...slots.values()] },
  };
  commands.forEach((run) => run());
})();
