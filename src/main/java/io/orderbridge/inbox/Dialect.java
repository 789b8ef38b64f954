package io.orderbridge.inbox;

/** The words in which a sender wants its answer. */
public sealed interface Dialect {
  /**
   * What is answered.
   *
   * @param type content type; null when the body is empty
   */
  record Said(int status, String type, String body) {}

  /**
   * To a message that is stored, now or before.
   *
   * @param id number of the stored message
   */
  Said accepted(long id);

  /**
   * To a message that is not stored.
   *
   * @param status of HTTP: 401 not genuine, 413 and 415 not readable, 503 not now
   * @param why without anything of the message and without a secret
   */
  Said refused(int status, String why);

  /** Dialects that many speak. */
  enum Common implements Dialect {
    /** Nothing, or {@code {"error": ...}}. */
    EMPTY,
    /** 202 and {@code {"accepted": true, "id": 7}}, or {@code {"error": ...}}. */
    JSON,
    /** Nothing, or {@code {"code": "FAIL", "message": ...}} (Pay APIv3, read 2026-11-20). */
    WECHAT_PAY;

    private static final String TYPE = "application/json";

    @Override
    public Said accepted(long id) {
      return this == JSON
          ? new Said(202, TYPE, "{\"accepted\":true,\"id\":%d}".formatted(id))
          : new Said(200, null, "");
    }

    // The words are ours: no quotation mark that would have to be escaped stands in them.
    @Override
    public Said refused(int status, String why) {
      String body =
          this == WECHAT_PAY
              ? "{\"code\":\"FAIL\",\"message\":\"%s\"}".formatted(why)
              : "{\"error\":\"%s\"}".formatted(why);
      return new Said(status, TYPE, body);
    }
  }

  /**
   * Bodies word for word from the connection file; accepted is 200.
   *
   * @param type content type of both
   */
  record Literal(String type, String accepted, String refused) implements Dialect {
    @Override
    public Said accepted(long id) {
      return said(200, accepted);
    }

    @Override
    public Said refused(int status, String why) {
      return said(status, refused);
    }

    private Said said(int status, String body) {
      return new Said(status, body.isEmpty() ? null : type, body);
    }
  }
}
