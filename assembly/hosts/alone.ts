/** The look-ups as a module of their own, so that tests can call what the engine does not export. */
export { configureHosts, lookupAddress, lookupHost, lookupName } from "./lookup";
