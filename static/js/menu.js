// On a phone the contest's menu begins closed, so that the page begins with its heading.
if (matchMedia("(max-width: 62.49rem)").matches) {
  for (const menu of document.querySelectorAll("details[data-menu]")) menu.open = false;
}
