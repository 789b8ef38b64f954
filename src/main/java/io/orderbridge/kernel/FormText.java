package io.orderbridge.kernel;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A form ({@code application/x-www-form-urlencoded}), and the query of an address, which is written
 * the same way. Strict: what is read one way here and another way by who signed it is refused.
 */
public final class FormText {
  // As for JSON: a text of a million characters, a name of a thousand, four megabytes in all.
  private static final int BYTES_MAX = 4 * 1024 * 1024;
  private static final int VALUE_MAX = 1024 * 1024;
  private static final int NAME_MAX = 1000;
  private static final int HEX = 16;
  private static final Pattern CHARSET = Pattern.compile("charset\\s*=\\s*\"?([\\w.:+-]+)");

  /** A name or value with its escapes taken away, in an encoding that is not known yet. */
  private record Piece(byte[] bytes, int at) {
    String text(Charset charset, int max) {
      String text;
      try {
        text = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      } catch (CharacterCodingException e) {
        throw broken(at, "a name or value is not text in " + charset.name());
      }
      if (text.length() > max) {
        throw new Refusal(
            Cause.BODY_TOO_COMPLEX,
            "byte " + at,
            "the form has a name over %d or a value over %d characters"
                .formatted(NAME_MAX, VALUE_MAX));
      }
      return text;
    }
  }

  private record Field(Piece name, Piece value) {}

  private FormText() {}

  /**
   * Reads a form. Its encoding is what its own field {@code charset} says, because that one is
   * signed; else what the content type says; else UTF-8.
   *
   * @param contentType the header, or null
   * @return the fields in their order
   * @throws Refusal BODY_BROKEN when an escape is damaged, bytes are no text of the encoding, a
   *     field has no name or stands twice, or it is over 4 MB; BODY_TOO_COMPLEX when a name is over
   *     1,000 or a value over 1,048,576 characters. The place is the byte; content is never
   *     repeated
   */
  public static Map<String, String> read(byte[] bytes, String contentType) {
    if (bytes.length > BYTES_MAX) {
      throw new Refusal(
          Cause.BODY_BROKEN,
          "",
          "the form has %d bytes, at most %d are read".formatted(bytes.length, BYTES_MAX));
    }
    List<Field> fields = fields(bytes, end(bytes));
    Charset charset = charset(fields, contentType);
    Map<String, String> read = new LinkedHashMap<>();
    for (Field field : fields) {
      String name = field.name().text(charset, NAME_MAX);
      if (name.isEmpty()) {
        throw broken(field.name().at(), "a field has no name");
      }
      if (read.put(name, field.value().text(charset, VALUE_MAX)) != null) {
        throw broken(field.name().at(), "a field stands twice; a form with unique names is read");
      }
    }
    return read;
  }

  /** Writes a form in UTF-8, the fields in the order of the map. */
  public static String write(Map<String, String> fields) {
    StringJoiner form = new StringJoiner("&");
    fields.forEach((name, value) -> form.add(encoded(name) + "=" + encoded(value)));
    return form.toString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  // Files and some senders end with a line break, which is no part of a form.
  private static int end(byte[] bytes) {
    int end = bytes.length;
    while (end > 0 && (bytes[end - 1] == '\n' || bytes[end - 1] == '\r')) {
      end--;
    }
    return end;
  }

  private static List<Field> fields(byte[] bytes, int end) {
    List<Field> fields = new ArrayList<>();
    int from = 0;
    while (from < end) {
      int to = next(bytes, '&', from, end);
      if (to > from) {
        int equals = next(bytes, '=', from, to);
        fields.add(
            new Field(piece(bytes, from, equals), piece(bytes, Math.min(equals + 1, to), to)));
      }
      from = to + 1;
    }
    return fields;
  }

  private static int next(byte[] bytes, char wanted, int from, int end) {
    int at = from;
    while (at < end && bytes[at] != wanted) {
      at++;
    }
    return at;
  }

  private static Piece piece(byte[] bytes, int from, int to) {
    ByteArrayOutputStream plain = new ByteArrayOutputStream(to - from);
    for (int at = from; at < to; at++) {
      if (bytes[at] == '%') {
        int high = digit(bytes, at + 1, to);
        int low = digit(bytes, at + 2, to);
        if (high < 0 || low < 0) {
          throw broken(at + 1, "a % is not followed by two hexadecimal digits");
        }
        plain.write(high * HEX + low);
        at += 2;
      } else {
        plain.write(bytes[at] == '+' ? ' ' : bytes[at]);
      }
    }
    return new Piece(plain.toByteArray(), from + 1);
  }

  private static int digit(byte[] bytes, int at, int end) {
    return at < end ? Character.digit(bytes[at], HEX) : -1;
  }

  private static Charset charset(List<Field> fields, String contentType) {
    for (Field field : fields) {
      if (field.name().text(StandardCharsets.ISO_8859_1, VALUE_MAX).equals("charset")) {
        return named(field.value().text(StandardCharsets.ISO_8859_1, VALUE_MAX));
      }
    }
    Matcher told = CHARSET.matcher(contentType == null ? "" : contentType.toLowerCase(Locale.ROOT));
    return told.find() ? named(told.group(1)) : StandardCharsets.UTF_8;
  }

  private static Charset named(String name) {
    try {
      return Charset.forName(name);
    } catch (IllegalArgumentException e) {
      throw new Refusal(Cause.BODY_BROKEN, "", "the form names an encoding that is not known");
    }
  }

  private static Refusal broken(int at, String message) {
    return new Refusal(Cause.BODY_BROKEN, "byte " + at, "the body is no form: " + message);
  }
}
