package io.orderbridge.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Refusal;
import io.orderbridge.schedule.Intake.Arrived;
import io.orderbridge.schedule.PageReader.Named;
import io.orderbridge.schedule.WindowItems.Brought;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * One reading of a window, page after page. The items of a page are committed before the next page
 * is asked for, and only one page is in memory.
 */
final class Pass {
  // A million items by pages of ten: more is a source that never ends.
  private static final int PAGES_MAX = 100_000;
  // A webhook that comes in between waits for few; the page as a whole costs little more.
  private static final int AT_ONCE = 25;

  /** What all readings of a source share. */
  record Parts(
      Source source, PageRoute route, Intake intake, WindowItems items, BooleanSupplier stopping) {}

  /** The process ends; the window is given back. */
  static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private final Parts parts;
  private final PageReader reader;
  private Window window;
  private int asked;

  Pass(Parts parts, Window window) {
    this.parts = parts;
    this.reader = new PageReader(parts.source());
    this.window = window;
  }

  Source source() {
    return parts.source();
  }

  Window window() {
    return window;
  }

  /** Begins to count anew. */
  void begin() {
    window = window.nextPass();
    asked = 0;
  }

  /** Asks how many there are. */
  Page count() {
    return reader.read(ask(request(parts.source().pages().first(), 0, null, true)));
  }

  Page page(int page) {
    Source.Pages pages = parts.source().pages();
    return reader.read(
        ask(request(page, (long) (page - pages.first()) * pages.size(), null, false)));
  }

  Page after(String cursor) {
    Source.Pages pages = parts.source().pages();
    return reader.read(ask(request(pages.first() + asked, 0, cursor, false)));
  }

  /** The one file of the window. */
  PageRoute.Answer whole() {
    return ask(request(parts.source().pages().first(), 0, null, false));
  }

  /** Tells a queue that the items are stored. */
  void acknowledge(List<JsonNode> items) {
    Map<String, Object> request = request(parts.source().pages().first(), 0, null, false);
    request.put("ack", true);
    request.put("items", items.stream().map(PageReader::plain).toList());
    ask(request);
  }

  private PageRoute.Answer ask(Map<String, Object> request) {
    if (parts.stopping().getAsBoolean()) {
      throw new Stopped();
    }
    asked++;
    if (asked > PAGES_MAX) {
      throw new Refusal(
          Cause.ANSWER_BROKEN,
          "",
          "the window has over %d pages; is 'pages' right?".formatted(PAGES_MAX));
    }
    return parts.route().ask(request);
  }

  /**
   * Stores the items of a page and books them for the window.
   *
   * @return how many no reading of this window had brought before
   */
  int keep(List<JsonNode> page) {
    return parts.items().add(window, store(page.stream().map(reader::named).toList()));
  }

  /** Stores the items of a queue, which has no window. */
  void keepQueued(List<JsonNode> page) {
    store(page.stream().map(reader::named).toList());
    // Nothing is acknowledged for a claim that was taken over.
    parts.items().add(window, List.of());
  }

  /** Stores the one file of the window. */
  void keepWhole(byte[] file) {
    String id = FileId.of(window, parts.source().zone(), PageReader.hash(file));
    long newest = parts.items().newest(window);
    List<Brought> brought = store(id, file);
    if (brought.get(0).inboxId() < newest) {
      // It was restated and is now what it was before: a message of its own, or the rows of the
      // restatement would stay.
      brought = store(FileId.again(id, newest), file);
    }
    parts.items().add(window, brought);
  }

  private List<Brought> store(String id, byte[] file) {
    Arrived arrived = new Arrived(id, parts.source().kind(), file);
    return store(List.of(new Named(FileId.period(id), arrived)));
  }

  private List<Brought> store(List<Named> named) {
    List<Brought> brought = new ArrayList<>();
    for (int from = 0; from < named.size(); from += AT_ONCE) {
      if (from > 0) {
        parts.route().giveWay();
      }
      List<Named> some = named.subList(from, Math.min(from + AT_ONCE, named.size()));
      List<Long> ids =
          parts.intake().store(parts.source().into(), some.stream().map(Named::arrived).toList());
      for (int i = 0; i < some.size(); i++) {
        brought.add(new Brought(ids.get(i), some.get(i).id()));
      }
    }
    return brought;
  }

  /** Distinct ids seen since {@link #begin}. */
  long distinct() {
    return parts.items().distinct(window);
  }

  private Map<String, Object> request(int page, long offset, String cursor, boolean count) {
    Instant from = window.startsAt().minus(parts.source().rhythm().overlap());
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("source", parts.source().key());
    if (parts.source().pages().order() != Source.Order.QUEUE) {
      request.put("from", text(from));
      request.put("to", text(window.endsAt()));
      request.put("fromEpoch", from.getEpochSecond());
      request.put("toEpoch", window.endsAt().getEpochSecond());
    }
    if (window.day() != null) {
      request.put("day", window.day().toString());
    }
    request.put("page", page);
    request.put("size", parts.source().pages().size());
    request.put("offset", offset);
    request.put("cursor", cursor);
    request.put("count", count);
    return request;
  }

  private String text(Instant at) {
    return FileId.TIME.format(at.atZone(parts.source().zone()));
  }
}
