package io.orderbridge.mapping;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON as mappings see it: objects are maps in their order, lists are lists, decimals keep every
 * digit, and a whole number beyond 2^53 is its exact text, because order numbers are text. Safe for
 * any number of threads.
 */
public final class Json {
  // A Shopify order with 500 lines and all its taxes is 1.5 MB.
  private static final int DOCUMENT_BYTES_MAX = 4 * 1024 * 1024;
  private static final int TEXT_CHARACTERS_MAX = 1024 * 1024;
  private static final int DEPTH_MAX = 100;
  private static final int NUMBER_DIGITS_MAX = 100;
  private static final int NAME_CHARACTERS_MAX = 1000;
  // 1e999999999 is ten characters and a gigabyte once written out.
  private static final int EXPONENT_MAX = 100;
  private static final BigInteger EXACT_MAX = BigInteger.TWO.pow(53);

  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEPTH_MAX)
                  .maxNumberLength(NUMBER_DIGITS_MAX)
                  .maxStringLength(TEXT_CHARACTERS_MAX)
                  .maxNameLength(NAME_CHARACTERS_MAX)
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          // Names come from senders: interning them would fill a table that is never emptied.
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private static final ObjectMapper WRITER =
      new ObjectMapper()
          .enable(com.fasterxml.jackson.core.JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
          .enable(SerializationFeature.FAIL_ON_EMPTY_BEANS);

  private Json() {}

  /**
   * Reads one JSON document in UTF-8.
   *
   * @throws Refusal BODY_BROKEN when it is no JSON, ends too early, goes on after its end, repeats
   *     a key, or is over 4 MB; BODY_TOO_COMPLEX when it nests over 100 deep or has an overlong
   *     number, name or text. The place is line and column; content is never repeated
   */
  public static Object read(byte[] bytes) {
    if (bytes.length > DOCUMENT_BYTES_MAX) {
      throw new Refusal(
          Cause.BODY_BROKEN,
          "",
          "the body has %d bytes, at most %d are read".formatted(bytes.length, DOCUMENT_BYTES_MAX));
    }
    try (JsonParser parser = FACTORY.createParser(bytes)) {
      return bounded(parser);
    } catch (JsonProcessingException e) {
      throw refusal(Cause.BODY_BROKEN, e.getLocation(), brokenBy(e));
    } catch (IOException e) {
      // No cause: the messages of Jackson repeat the sender's content.
      throw refusal(Cause.BODY_BROKEN, null, "the body is not text in UTF-8");
    }
  }

  public static Object read(String text) {
    return read(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes maps, lists, text, numbers, booleans and null; decimals without exponent. */
  public static String write(Object value) {
    try {
      return WRITER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Object bounded(JsonParser parser) throws IOException {
    try {
      return document(parser);
    } catch (StreamConstraintsException e) {
      // It does not say itself where it was.
      throw refusal(
          Cause.BODY_TOO_COMPLEX,
          parser.currentLocation(),
          "the body nests over %d deep, or has a number over %d digits, a name over %d or a text"
                  .formatted(DEPTH_MAX, NUMBER_DIGITS_MAX, NAME_CHARACTERS_MAX)
              + " over %d characters".formatted(TEXT_CHARACTERS_MAX));
    }
  }

  private static Object document(JsonParser parser) throws IOException {
    if (parser.nextToken() == null) {
      throw refusal(Cause.BODY_BROKEN, null, "the body is empty, expected a JSON document");
    }
    Object value = value(parser);
    if (parser.nextToken() != null) {
      throw refusal(
          Cause.BODY_BROKEN,
          parser.currentTokenLocation(),
          "the body goes on after the end of its JSON document; one document is expected");
    }
    return value;
  }

  private static Object value(JsonParser parser) throws IOException {
    switch (parser.currentToken()) {
      case START_OBJECT:
        return object(parser);
      case START_ARRAY:
        return list(parser);
      case VALUE_STRING:
        return parser.getText();
      case VALUE_NUMBER_INT:
        return whole(parser);
      case VALUE_NUMBER_FLOAT:
        return decimal(parser);
      case VALUE_TRUE:
        return Boolean.TRUE;
      case VALUE_FALSE:
        return Boolean.FALSE;
      default:
        return null;
    }
  }

  private static Map<String, Object> object(JsonParser parser) throws IOException {
    Map<String, Object> object = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      object.put(name, value(parser));
    }
    return object;
  }

  private static List<Object> list(JsonParser parser) throws IOException {
    List<Object> list = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      list.add(value(parser));
    }
    return list;
  }

  private static Object whole(JsonParser parser) throws IOException {
    Number number = parser.getNumberValue();
    BigInteger exact =
        number instanceof BigInteger big ? big : BigInteger.valueOf(number.longValue());
    return exact.abs().compareTo(EXACT_MAX) > 0 ? exact.toString() : number;
  }

  private static BigDecimal decimal(JsonParser parser) throws IOException {
    BigDecimal decimal = parser.getDecimalValue();
    if (Math.abs((long) decimal.scale()) > EXPONENT_MAX) {
      throw refusal(
          Cause.BODY_TOO_COMPLEX,
          parser.currentTokenLocation(),
          "a number has an exponent beyond %d".formatted(EXPONENT_MAX));
    }
    return decimal.scale() < 0 ? decimal.setScale(0) : decimal;
  }

  private static String brokenBy(JsonProcessingException e) {
    if (e instanceof JsonEOFException) {
      return "the body ends before its JSON document does";
    }
    String original = String.valueOf(e.getOriginalMessage());
    return original.startsWith("Duplicate field")
        ? "an object has the same key twice; JSON with unique keys is expected"
        : "the body is not valid JSON in UTF-8";
  }

  private static Refusal refusal(Cause why, JsonLocation at, String message) {
    String place =
        at == null ? "" : "line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
    return new Refusal(why, place, message);
  }
}
