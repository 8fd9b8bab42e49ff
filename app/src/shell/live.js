// Live news cost a browser one connection, however many tabs are open: the tab that holds the lock listens to the
// server and passes on what it hears. pilotlightLive(person, told) calls told with the text of each event and returns
// what ends it. No wasm in here, so that a page whose wasm has died lets go of the stream.
(() => {
  const AGAIN = 30000;
  const nothing = () => {};

  // Opens the stream; returns what closes it. Nobody is told of another person who signed in meanwhile: the server
  // refuses. What the network loses, the browser opens again itself.
  const open = (person, heard, refused) => {
    const source = new EventSource("/events/queue?person=" + person);
    source.addEventListener("queue", (event) => heard(event.data));
    source.addEventListener("error", () => {
      if (source.readyState === EventSource.CLOSED) refused();
    });
    return () => source.close();
  };

  // Listens together with the other tabs of the same person.
  const share = (person, told) => {
    const name = "pilotlight-live-" + person;
    const others = new BroadcastChannel(name);
    const left = new AbortController();
    let last = null; // What this tab has heard from the server.
    // A tab that has just come asks with null.
    others.onmessage = ({ data }) => {
      if (data !== null) told(data);
      else if (last !== null) others.postMessage(last);
    };
    others.postMessage(null);

    const hold = () =>
      new Promise((release) => {
        const heard = (text) => {
          last = text;
          others.postMessage(text);
          told(text);
        };
        const end = () => {
          close();
          last = null;
          release();
        };
        const close = open(person, heard, end);
        left.signal.addEventListener("abort", end);
      });
    // Whoever was refused lets the next one try, and then stands in line again.
    const stand = () =>
      navigator.locks.request(name, { signal: left.signal }, hold).then(() => setTimeout(stand, AGAIN), nothing);
    stand();
    return () => {
      left.abort();
      others.close();
    };
  };

  // Where browsers have no locks, which is also where a page came without TLS: only tabs that are seen listen.
  const alone = (person, told) => {
    let close = nothing;
    const look = () => {
      close();
      close = document.visibilityState === "visible" ? open(person, told, nothing) : nothing;
    };
    look();
    document.addEventListener("visibilitychange", look);
    return () => {
      document.removeEventListener("visibilitychange", look);
      close();
    };
  };

  window.pilotlightLive = (person, told) => {
    let part = nothing;
    const join = () => {
      part();
      part = (navigator.locks ? share : alone)(person, told);
    };
    // A page that the browser keeps for its back button holds up nobody.
    const hidden = () => part();
    const shown = (event) => {
      if (event.persisted) join();
    };
    const end = () => {
      part();
      part = nothing;
      removeEventListener("pagehide", hidden);
      removeEventListener("pageshow", shown);
      removeEventListener("lifeless", end);
    };
    join();
    addEventListener("pagehide", hidden);
    addEventListener("pageshow", shown);
    addEventListener("lifeless", end);
    return end;
  };
})();
