// Images of albums come from another server, which then knows of it: they are asked for when the reader says so, and not before.
const box = document.getElementById("show-images");
box.closest("p").hidden = false;
box.addEventListener("change", () => {
  for (const place of document.querySelectorAll("[data-image]")) {
    place.replaceChildren();
    place.hidden = !box.checked;
    if (box.checked) {
      const image = new Image(40, 40);
      image.alt = "";
      image.referrerPolicy = "no-referrer";
      image.addEventListener("error", () => image.remove());
      image.src = place.dataset.image;
      place.append(image);
    }
  }
});
