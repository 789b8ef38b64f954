package io.orderbridge.kernel;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a person asked for is not done, and nothing was changed; it says why, and what is allowed.
 */
public final class Declined extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Whose turn it is: the caller's with another request, another person's, or the operator's. */
  public enum Kind {
    WRONG(400),
    FORBIDDEN(403),
    MISSING(404),
    CONFLICT(409),
    REFUSED(422),
    READ_ONLY(503);

    private final int status;

    Kind(int status) {
      this.status = status;
    }

    /** As HTTP says it. */
    public int status() {
      return status;
    }
  }

  private final Kind kind;
  private final transient Wording wording;
  private final transient Map<String, Object> more;

  /** For acts that only programs ask for: its text is English. */
  public Declined(Kind kind, String message) {
    this(kind, message, Map.of());
  }

  /**
   * @param more what the answer holds besides, for example all bad lines of a list
   */
  public Declined(Kind kind, String message, Map<String, Object> more) {
    this(kind, new Wording(message, message), more);
  }

  public Declined(Kind kind, Wording wording) {
    this(kind, wording, Map.of());
  }

  /**
   * @param more what the answer holds besides, for example both hashes of a file
   */
  public Declined(Kind kind, Wording wording, Map<String, Object> more) {
    super(wording.en());
    this.kind = kind;
    this.wording = wording;
    this.more = more;
  }

  public Kind kind() {
    return kind;
  }

  /** As HTTP says it. */
  public int status() {
    return kind.status;
  }

  /** Why, for people. */
  public Wording wording() {
    return wording;
  }

  /** What else the answer holds; empty for most. */
  public Map<String, Object> more() {
    return more;
  }

  /** As the API answers it. */
  public Map<String, Object> body() {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("error", getMessage());
    body.putAll(more);
    return body;
  }
}
