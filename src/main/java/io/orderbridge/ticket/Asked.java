package io.orderbridge.ticket;

import io.orderbridge.kernel.Declined;
import io.orderbridge.kernel.Declined.Kind;
import io.orderbridge.kernel.Money;
import io.orderbridge.kernel.Wording;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What people ask for, by the API or on a page, as values. What is not clear is {@link Declined} in
 * both languages, and nothing was changed.
 */
public final class Asked {
  /** A paragraph; who has more to say writes a comment. */
  static final int REASON_MAX = 500;

  static final int COMMENT_MAX = 4_000;

  /** The length of a sentence in a list. */
  static final int TEXT_MAX = 500;

  static final int NAME_MAX = 200;

  private static final Pattern ETAG = Pattern.compile("(?:W/)?\"?(\\d{1,18})\"?");

  private Asked() {}

  static String actor(SecurityContext security) {
    return security.getUserPrincipal() == null ? "unknown" : security.getUserPrincipal().getName();
  }

  /** The version that the caller saw: from {@code If-Match}, else from the body; null for any. */
  static Long version(String ifMatch, Long inBody) {
    if (ifMatch == null || ifMatch.equals("*")) {
      return inBody;
    }
    Matcher tag = ETAG.matcher(ifMatch.strip());
    if (!tag.matches()) {
      throw new IllegalArgumentException(
          "'If-Match' is the ETag of the ticket as you saw it, for example \"3\"");
    }
    return Long.valueOf(tag.group(1));
  }

  /**
   * Why a ticket is closed or opened again.
   *
   * @throws Declined when it is blank or longer than 500 characters
   */
  public static String reason(String said, Wording why) {
    return text("reason", said, REASON_MAX, why);
  }

  /**
   * What somebody has to say of a ticket.
   *
   * @throws Declined when it is blank or longer than 4,000 characters
   */
  public static String comment(String said) {
    return text("text", said, COMMENT_MAX, new Wording("评论写什么", "what there is to say"));
  }

  /**
   * What a ticket by hand is about.
   *
   * @throws Declined when it is blank or longer than 500 characters
   */
  public static String task(String said) {
    return text("text", said, TEXT_MAX, new Wording("要做什么", "what is to be done"));
  }

  /**
   * Which order, source or other thing it is about; empty for null.
   *
   * @throws Declined when it is longer than 200 characters
   */
  public static String subject(String said) {
    return optional("subject", said, NAME_MAX);
  }

  /**
   * @throws Declined when it is no role and cannot be a person's id
   */
  public static Owner owner(String said) {
    try {
      return new Owner(said);
    } catch (IllegalArgumentException e) {
      throw new Declined(
          Kind.WRONG,
          new Wording(
              "负责人填角色（%s）或人员账号：最多 64 个字母、数字或 ._@-".formatted(String.join(", ", Owner.ROLES)),
              e.getMessage()));
    }
  }

  /**
   * How long there is time.
   *
   * @throws Declined when it is not readable
   */
  public static Term due(String said) {
    try {
      return Term.parse(said);
    } catch (IllegalArgumentException e) {
      throw new Declined(
          Kind.WRONG,
          new Wording(
              "'due' 是“%s”，应如 30m、4h、1 business day、2 business days".formatted(said),
              "'due' " + e.getMessage()));
    }
  }

  /**
   * @param amount decimal text; null for none
   * @throws Declined when amount or currency is not readable
   */
  public static Money money(String amount, String currency) {
    try {
      return amount == null ? null : Money.of(amount, currency);
    } catch (IllegalArgumentException e) {
      throw new Declined(
          Kind.WRONG,
          new Wording(
              "金额应如 19.90，币种应为三个字母如 CNY；收到“%s %s”"
                  .formatted(amount, currency == null ? "" : currency),
              e.getMessage()));
    }
  }

  /** A text that has to be there. */
  static String text(String name, String text, int max, Wording why) {
    if (text == null || text.isBlank()) {
      throw new Declined(
          Kind.WRONG,
          new Wording(
              "缺少 %s：%s".formatted(name, why.zh()),
              "expected {\"%s\": \"...\"}: %s".formatted(name, why.en())));
    }
    return optional(name, text, max);
  }

  /** A text that may be missing; empty then. */
  static String optional(String name, String text, int max) {
    if (text == null) {
      return "";
    }
    if (text.length() > max || text.indexOf('\0') >= 0) {
      throw new Declined(
          Kind.WRONG,
          Wording.of("%s 最多 %d 个字符", "'%s' is a text of at most %d characters", name, max));
    }
    return text.strip();
  }

  /**
   * One of the names of an enum; null for null.
   *
   * @throws Declined when it is none of them
   */
  public static <E extends Enum<E>> E choice(String name, String text, Class<E> type) {
    if (text == null) {
      return null;
    }
    for (E value : type.getEnumConstants()) {
      if (value.name().equals(text)) {
        return value;
      }
    }
    String all = java.util.Arrays.toString(type.getEnumConstants());
    throw new Declined(Kind.WRONG, Wording.of("%s 只能是 %s 之一", "'%s' is one of %s", name, all));
  }

  static Response problem(int status, String text) {
    return Response.status(status).entity(Map.of("error", text)).build();
  }
}
