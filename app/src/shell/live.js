// One connection for all tabs of a browser: the tab that holds the lock listens to the server and passes on what it
// hears. `pilotlightLive(person, told)` calls `told` with each event's text and returns what ends that.
window.pilotlightLive = (person, told) => {
  const name = `pilotlight-live-${person}`;
  const channel = new BroadcastChannel(name);
  const ended = new AbortController();
  let source, last;

  function listen() {
    source ??= new EventSource(`/events/queue?person=${person}`);
    source.addEventListener("queue", ({ data }) => {
      last = data;
      told(data);
      channel.postMessage(data);
    });
  }
  function hush() {
    source?.close();
    source = undefined;
  }

  channel.onmessage = ({ data }) => {
    // A tab that comes later asks for what is known; only the one that listens answers.
    if (data !== "?") told(data);
    else if (source && last) channel.postMessage(last);
  };
  channel.postMessage("?");

  const over = new Promise((done) => ended.signal.addEventListener("abort", done));
  if (navigator.locks) {
    navigator.locks.request(name, { signal: ended.signal }, () => (listen(), over)).catch(() => {});
  } else {
    // Without https there are no locks: only a tab that is seen listens.
    const look = () => (document.hidden ? hush() : source || listen());
    document.addEventListener("visibilitychange", look, { signal: ended.signal });
    look();
  }
  function stop() {
    ended.abort();
    hush();
    channel.close();
  }
  // What cannot live any more must not keep the others from listening.
  addEventListener("lifeless", stop, { signal: ended.signal });
  return stop;
};
