// For the site that shows Samtall's contact form in a frame: lets the frame be as high as the form is.
// It listens to the frame's own messages only, and changes nothing but its height.

addEventListener("message", (event) => {
  if (!event.data || event.data.samtall !== "height" || !Number.isFinite(event.data.height)) return;
  for (const frame of document.querySelectorAll("iframe")) {
    if (frame.contentWindow === event.source && new URL(frame.src).origin === event.origin) {
      frame.height = String(Math.ceil(event.data.height));
    }
  }
});
