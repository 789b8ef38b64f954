package io.orderbridge.mapping;

import java.util.ArrayList;
import java.util.List;

/**
 * One line of a CSV as spreadsheets write it: commas, quotes doubled inside quotes, CRLF or LF.
 * Lines that are empty or begin with {@code #} are left out. Blanks around a cell without quotes
 * are dropped.
 *
 * @param number line in the file at which it begins, first is 1
 */
record CsvLine(int number, List<String> cells) {
  // One hundred thousand codes: more is a data set for the database, not a table to edit by hand.
  private static final int LINES_MAX = 100_000;

  static List<CsvLine> read(String text) {
    return new Reader(text).lines();
  }

  private static final class Reader {
    private final String text;
    private int at;
    private int line = 1;

    Reader(String text) {
      this.text = text;
    }

    List<CsvLine> lines() {
      List<CsvLine> lines = new ArrayList<>();
      while (at < text.length()) {
        boolean comment = text.charAt(at) == '#';
        int number = line;
        List<String> cells = comment ? skipLine() : cells();
        boolean blank = cells.size() == 1 && cells.get(0).isEmpty();
        if (!comment && !blank) {
          lines.add(new CsvLine(number, List.copyOf(cells)));
        }
        if (lines.size() > LINES_MAX) {
          throw new MappingFileException(number, "has more than %d lines".formatted(LINES_MAX));
        }
      }
      return lines;
    }

    private List<String> skipLine() {
      int end = text.indexOf('\n', at);
      at = end < 0 ? text.length() : end + 1;
      line++;
      return List.of();
    }

    private List<String> cells() {
      List<String> cells = new ArrayList<>();
      do {
        cells.add(startsQuoted() ? quoted() : plain());
      } while (at < text.length() && text.charAt(at++) == ',');
      line++;
      return cells;
    }

    private boolean startsQuoted() {
      return at < text.length() && text.charAt(at) == '"';
    }

    private String plain() {
      int start = at;
      while (at < text.length() && text.charAt(at) != ',' && text.charAt(at) != '\n') {
        at++;
      }
      return text.substring(start, at).strip();
    }

    private String quoted() {
      int opened = line;
      StringBuilder cell = new StringBuilder();
      at++;
      while (at < text.length()) {
        char c = text.charAt(at++);
        if (c == '"' && at < text.length() && text.charAt(at) == '"') {
          at++;
        } else if (c == '"') {
          checkNothingFollows(opened);
          return cell.toString();
        }
        line += c == '\n' ? 1 : 0;
        cell.append(c);
      }
      throw new MappingFileException(opened, "a quote is opened and never closed");
    }

    private void checkNothingFollows(int opened) {
      if (!plain().isEmpty()) {
        throw new MappingFileException(opened, "text follows a closing quote; write \"\" for one");
      }
    }
  }
}
