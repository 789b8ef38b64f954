/**
 * The books: what each source said of a day, as a snapshot that nothing later can change, and what
 * comparing two of them gives. A file becomes entries by a {@link Layout}; one that cannot be read
 * is put aside with its line, a file that is not whole leaves nothing. Two snapshots are matched as
 * sets, and every entry ends in exactly one of matched, tolerated, break, excluded.
 */
package io.orderbridge.books;
