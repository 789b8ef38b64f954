package io.orderbridge.books;

import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;

/**
 * {@code books:<connection>/<book>}: takes the file in the body as the snapshot of its day, or
 * keeps the rows in the body until their day is complete. The book is looked up at each message, so
 * that an edit of it needs no new route.
 */
@Singleton
@Named("books")
public class BooksComponent extends DefaultComponent {
  /** Header: the day of what the body holds, for example 2026-11-20. */
  public static final String DAY = "OrderbridgeDay";

  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,60}/[a-z0-9-]{1,60}");

  private final Books books;
  private final BookFiles files;
  private final Staging staging;
  private final Clock clock;

  @Inject
  public BooksComponent(Books books, BookFiles files, Staging staging, Clock clock) {
    this.books = books;
    this.files = files;
    this.staging = staging;
    this.clock = clock;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
    if (!NAME.matcher(remaining).matches()) {
      throw new IllegalArgumentException(
          "books:%s names no book; expected books:<connection>/<name in books:>, for example"
                  .formatted(remaining)
              + " books:bank/statement");
    }
    return new BooksEndpoint(uri, this, remaining);
  }

  private static final class BooksEndpoint extends DefaultEndpoint {
    private final BooksComponent owner;
    private final String book;

    BooksEndpoint(String uri, BooksComponent owner, String book) {
      super(uri, owner);
      this.owner = owner;
      this.book = book;
    }

    @Override
    public Producer createProducer() {
      return new BooksProducer(
          this,
          book,
          new BooksProducer.Parts(owner.books, owner.files, owner.staging),
          owner.clock);
    }

    @Override
    public Consumer createConsumer(Processor next) {
      throw new UnsupportedOperationException(
          "nothing comes from books:; it stands in a step ('to')");
    }
  }
}
