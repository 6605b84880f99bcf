# A Worker in workerd, as the platform runs it. The relay comes from the packed package, beside this file's folder.
using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "relay")],
  services = [
    (name = "relay", worker = .worker),
    # The upstream of the test is on this machine.
    (name = "internet", network = (allow = ["public", "private", "local"])),
  ],
);

const worker :Workerd.Worker = (
  modules = [
    (name = "worker.js", esModule = embed "worker.js"),
    (name = "relay-options.js", esModule = embed "relay-options.js"),
    (name = "osmtalk-widget/relay", esModule = embed "../node_modules/osmtalk-widget/dist/relay.js"),
  ],
  bindings = [
    (name = "OSMTALK_KEY", fromEnvironment = "OSMTALK_KEY"),
    (name = "OSMTALK_URL", fromEnvironment = "OSMTALK_URL"),
    (name = "OSMTALK_AGENTS", fromEnvironment = "OSMTALK_AGENTS"),
    (name = "OSMTALK_DESTINATIONS", fromEnvironment = "OSMTALK_DESTINATIONS"),
    (name = "SITE_ORIGINS", fromEnvironment = "SITE_ORIGINS"),
    (name = "RELAY_SECRET", fromEnvironment = "RELAY_SECRET"),
  ],
  compatibilityDate = "2026-11-01",
);
