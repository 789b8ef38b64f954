package io.orderbridge.books;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.Map;

/** A snapshot as callers of the API see it. */
final class SnapshotView {
  private SnapshotView() {}

  static Map<String, Object> of(Snapshot snapshot) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", snapshot.id());
    view.put("book", snapshot.of().source());
    view.put("day", snapshot.of().day().toString());
    view.put("version", snapshot.version());
    view.put("takenAt", snapshot.takenAt().toString());
    view.put("entries", snapshot.sums().entries());
    view.put("putAside", snapshot.sums().aside());
    Map<String, String> sums = new LinkedHashMap<>();
    snapshot
        .sums()
        .totals()
        .forEach(
            (code, minor) ->
                sums.put(
                    code,
                    new BigDecimal(minor, Currency.getInstance(code).getDefaultFractionDigits())
                        .toPlainString()));
    view.put("sums", sums);
    view.put("content", snapshot.seal().content());
    view.put("previous", snapshot.seal().previous());
    view.put("hash", snapshot.seal().hash());
    return view;
  }

  /** Column to text; null when there is no such entry. */
  static Map<String, String> cells(Snapshot snapshot, String raw) {
    if (raw == null) {
      return null;
    }
    String split = String.valueOf(EntryReader.SPLIT);
    String[] names = snapshot.sums().columns().split(split, -1);
    String[] texts = raw.split(split, -1);
    Map<String, String> cells = new LinkedHashMap<>();
    for (int i = 0; i < names.length && i < texts.length; i++) {
      cells.put(names[i], texts[i]);
    }
    return cells;
  }
}
