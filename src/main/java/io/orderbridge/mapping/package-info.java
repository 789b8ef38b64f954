/**
 * Mapping files and code tables that integrators edit while the application runs: JSONata that
 * turns a partner's JSON into order facts, and a CloudEvent into what a target takes. Each file is
 * read by itself; the last good version of it stays in force. Routes use it as {@code
 * mapping:system/name}.
 */
package io.orderbridge.mapping;
