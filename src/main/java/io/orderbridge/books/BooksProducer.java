package io.orderbridge.books;

import io.orderbridge.kernel.Carried;
import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Refusal;
import io.orderbridge.schedule.FileDay;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.WrappedFile;
import org.apache.camel.support.DefaultProducer;

/**
 * Takes what the body holds into a book; the body stays. Done again with the same content it
 * changes nothing. A file is read as a stream; of one that comes as a stream the bytes go through a
 * file of this process, because the database may ask for them twice.
 */
final class BooksProducer extends DefaultProducer {
  private final String name;
  private final BooksComponent.Parts parts;
  private final Clock clock;

  BooksProducer(Endpoint endpoint, String name, BooksComponent.Parts parts, Clock clock) {
    super(endpoint);
    this.name = name;
    this.parts = parts;
    this.clock = clock;
  }

  @Override
  public void process(Exchange exchange) throws IOException {
    Book book =
        parts
            .books()
            .find(name)
            .orElseThrow(
                () ->
                    new Refusal(
                        Cause.ROUTE_FAILED,
                        "books:" + name,
                        "no connection file in force has this book under 'books'"));
    Object body = exchange.getMessage().getBody();
    boolean rows = body instanceof List<?> || body instanceof Map<?, ?>;
    if (rows == book.isOfFiles()) {
      throw new Refusal(
          Cause.FILE_REFUSED,
          "books:" + name,
          rows
              ? "the book has a 'table', so it takes the file itself: put it before rows:"
              : "the book has no 'table', so it takes rows: put it behind the mapping");
    }
    if (rows) {
      Long message = exchange.getMessage().getHeader(Carried.MESSAGE, 0L, Long.class);
      List<?> list = body instanceof List<?> many ? many : List.of(body);
      parts.staging().keep(book, told(exchange), message, list);
    } else {
      file(exchange, book, body);
    }
  }

  private void file(Exchange exchange, Book book, Object body) throws IOException {
    LocalDate day = day(exchange, book);
    Instant now = clock.instant();
    Object file = body instanceof WrappedFile<?> wrapped ? wrapped.getFile() : body;
    if (file instanceof java.io.File local) {
      parts.files().take(book, day, () -> Files.newInputStream(local.toPath()), now);
    } else if (file instanceof Path path) {
      parts.files().take(book, day, () -> Files.newInputStream(path), now);
    } else if (file instanceof InputStream stream) {
      parts.files().take(book, day, stream, now);
    } else {
      byte[] bytes = bytes(exchange.getMessage(), file);
      parts.files().take(book, day, () -> new ByteArrayInputStream(bytes), now);
    }
  }

  private byte[] bytes(Message message, Object body) {
    byte[] bytes =
        body instanceof byte[] raw
            ? raw
            : body instanceof String text
                ? text.getBytes(StandardCharsets.UTF_8)
                : message.getBody(byte[].class);
    if (bytes == null) {
      throw new Refusal(
          Cause.FILE_REFUSED,
          "books:" + name,
          "the body is no file but " + (body == null ? "empty" : body.getClass().getName()));
    }
    return bytes;
  }

  // The route's own word, else what the id of a window's file says, else the day on which it came.
  private LocalDate day(Exchange exchange, Book book) {
    LocalDate told = told(exchange);
    if (told != null) {
      return told;
    }
    String id = exchange.getMessage().getHeader(Carried.MESSAGE_ID, String.class);
    Instant received = exchange.getProperty(Carried.RECEIVED, Instant.class);
    return FileDay.of(id, book.from().zone())
        .orElseGet(
            () ->
                LocalDate.ofInstant(
                    received == null ? clock.instant() : received, book.from().zone()));
  }

  static LocalDate told(Exchange exchange) {
    String text = exchange.getMessage().getHeader(BooksComponent.DAY, String.class);
    if (text == null || text.isBlank()) {
      return null;
    }
    try {
      return LocalDate.parse(text.strip());
    } catch (DateTimeException e) {
      throw new Refusal(
          Cause.FILE_REFUSED, "header " + BooksComponent.DAY, "is no day such as 2026-11-20", e);
    }
  }
}
