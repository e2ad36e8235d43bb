/** What runs inside the browser for the bench of flipping: from a key press to the frame that shows the next chart. */

/**
 * Before any other script. `watchFrame()` waits for the frame after the next key press; `watchChart(isOther)` for the frame in
 * which a chart is drawn anew, of another share where `isOther`. Both end in `globalThis.drawn`: milliseconds since the key and the
 * code that the place shows. `pixels()` is the sum of the chart's pixels, for after the time was taken. A chart counts as drawn when
 * as many rectangles as it has candles were filled on its canvases since the key.
 */
export const FLIP_PROBE = `(() => {
  let filled = 0;
  const { fillRect } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.fillRect = function (...box) {
    if (this.canvas.isConnected) filled += 1;
    fillRect.apply(this, box);
  };
  const codeOf = () => document.querySelector(".page-title a.number")?.textContent ?? "";
  const afterFrame = (run) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => run(performance.now());
    channel.port2.postMessage(0);
  });
  globalThis.pixels = () => {
    let sum = 0;
    for (const canvas of document.querySelectorAll(".chart-host canvas")) {
      if (canvas.width < 200 || canvas.height < 100) continue;
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      for (let i = 0; i < data.length; i += 4) sum = (sum * 31 + data[i] + data[i + 1] * 7 + data[i + 2] * 13) % 2147483647;
    }
    return sum;
  };
  const keyPressed = () => new Promise((resolve) => {
    addEventListener("keydown", (event) => resolve(event.timeStamp), { capture: true, once: true });
  });
  globalThis.watchFrame = () => {
    globalThis.drawn = keyPressed().then((from) => new Promise((resolve) => {
      afterFrame((at) => resolve({ ms: at - from, code: codeOf() }));
    }));
  };
  globalThis.watchChart = (isOther) => {
    const code = codeOf();
    globalThis.drawn = keyPressed().then((from) => new Promise((resolve) => {
      filled = 0;
      const look = (at) => {
        if (filled > 100 && (!isOther || codeOf() !== code)) {
          performance.measure("next chart", { start: from, end: at });
          resolve({ ms: at - from, code: codeOf() });
        } else {
          afterFrame(look);
        }
      };
      afterFrame(look);
    }));
  };
})()`;
