package io.orderbridge.release;

/**
 * What may be typed at a place of a file.
 *
 * @param name as it is written
 * @param info what it is, in the words of its schema; empty when that says nothing
 */
public record Key(String name, String info) {}
