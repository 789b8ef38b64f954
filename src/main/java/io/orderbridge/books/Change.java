package io.orderbridge.books;

/**
 * What a later snapshot says otherwise of a key.
 *
 * @param before the cells of the earlier one; null when the key is new
 * @param after the cells of the later one; null when the key is gone
 */
public record Change(String key, String before, String after) {}
