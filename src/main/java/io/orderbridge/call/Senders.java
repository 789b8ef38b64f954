package io.orderbridge.call;

/** The ways a request may go. */
record Senders(HttpWire http, FileFetch files) {}
