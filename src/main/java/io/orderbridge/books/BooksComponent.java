package io.orderbridge.books;

import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
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
 * that an edit of it needs no new route. {@code books:rates} keeps the rates in the body, {@code
 * books:own} takes the books that this product keeps itself.
 */
@Singleton
@Named("books")
public class BooksComponent extends DefaultComponent {
  /** Header: the day of what the body holds, for example 2026-11-20. */
  public static final String DAY = "OrderbridgeDay";

  private static final String RATES = "rates";
  private static final String OWN = "own";
  private static final List<String> STEPS = List.of(RATES, OWN);
  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,60}/[a-z0-9-]{1,60}");

  private final Parts parts;
  private final Clock clock;

  @Inject
  public BooksComponent(Parts parts, Clock clock) {
    this.parts = parts;
    this.clock = clock;
  }

  /** Where bodies go. */
  @Singleton
  public record Parts(Books books, BookFiles files, Staging staging, Rates rates, OwnBooks own) {}

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
    if (!STEPS.contains(remaining) && !NAME.matcher(remaining).matches()) {
      throw new IllegalArgumentException(
          "books:%s names no book; expected books:<connection>/<name in books:>, for example"
                  .formatted(remaining)
              + " books:bank/statement, or one of books:"
              + String.join(", books:", STEPS));
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
      return switch (book) {
        case RATES -> new RatesProducer(this, owner.parts.rates(), owner.clock);
        case OWN -> new OwnProducer(this, owner.parts.own(), owner.clock);
        default -> new BooksProducer(this, book, owner.parts, owner.clock);
      };
    }

    @Override
    public Consumer createConsumer(Processor next) {
      throw new UnsupportedOperationException(
          "nothing comes from books:; it stands in a step ('to')");
    }
  }
}
