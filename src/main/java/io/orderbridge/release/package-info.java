/**
 * Files of {@code routes/} and {@code mappings/} edited through the API: tried on real messages,
 * released, kept in versions, taken back.
 */
package io.orderbridge.release;
