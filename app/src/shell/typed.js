// What was typed or chosen before the page came alive is told to it, as if it happened now: a preview shows it.
() => {
  const differs = (field) => {
    if (field.nodeName === "SELECT") return [...field.options].some((one) => one.selected !== one.defaultSelected);
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    return /INPUT|TEXTAREA/.test(field.nodeName) && field.value !== field.defaultValue;
  };
  const tell = () => {
    for (const form of document.forms) {
      const changed = [...form.elements].find(differs);
      if (changed) changed.dispatchEvent(new Event("input", { bubbles: true }));
    }
  };
  const alive = new MutationObserver(() => {
    alive.disconnect();
    tell();
  });
  if ("hydrated" in document.documentElement.dataset) tell();
  else alive.observe(document.documentElement, { attributeFilter: ["data-hydrated"] });
}
