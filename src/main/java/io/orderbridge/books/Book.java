package io.orderbridge.books;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/**
 * A source's book, from {@code books:} of a connection file: how what a source says becomes entries
 * of a day.
 *
 * @param name {@code <connection>/<book>}; snapshots are kept under it
 * @param from what brings it
 * @param layout which columns make its entries; codes of {@code codeTables} are still missing
 * @param codeTables by part of the layout ({@code kind}, {@code status}, {@code shop}): the code
 *     table that translates it, for example {@code shop/status}
 * @param terms what is made of amounts on the way
 */
public record Book(
    String name, From from, Layout layout, Map<String, String> codeTables, Terms terms) {
  public Book {
    codeTables = Map.copyOf(codeTables);
  }

  /**
   * What brings a book: files of a table, or rows that come one by one.
   *
   * @param table {@code <connection>/<table>}; null when rows come mapped
   * @param source {@code <connection>/<source>} whose windows tell whether a day is complete; null
   *     when nothing does, as for files that are dropped
   * @param zone of its days
   * @param id column that names a mapped row, so that a repeat is none; null for files
   * @param day by which time a mapped row belongs to a day; null for files
   * @param monthly whether a file is of a whole month, and is taken for the last day of it
   */
  public record From(
      String table, String source, ZoneId zone, String id, Basis day, boolean monthly) {}

  /**
   * @param convert null when amounts stay in their currency
   * @param allocate null when no amount is that of a whole order
   */
  public record Terms(Convert convert, Allocate allocate) {
    public static final Terms NONE = new Terms(null, null);
  }

  /**
   * Amounts are converted at the rate of the day.
   *
   * @param to currency of the books
   * @param by time whose day says which rate
   * @param rates sources of rates, the first that has one counts
   */
  public record Convert(String to, Basis by, List<String> rates) {
    public Convert {
      rates = List.copyOf(rates);
    }
  }

  /**
   * An amount of a whole order that each of its rows repeats, shared among them.
   *
   * @param column that amount; also a column of the layout's amounts
   * @param over by which column the rows share it
   * @param by column that says of which order a row is
   */
  public record Allocate(String column, String over, String by) {}

  boolean isOfFiles() {
    return from.table() != null;
  }
}
