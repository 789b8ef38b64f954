package io.orderbridge.mapping;

import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.FormText;
import io.orderbridge.kernel.Refusal;
import io.orderbridge.kernel.XmlTree;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A body as mappings see it, whether it came as JSON, XML or a form. The content type decides where
 * it names one of the three, else the first character does. A form's content type is not believed
 * when the body begins like JSON or XML: many programs send it with everything.
 */
final class BodyReader {
  private static final String FORM = "application/x-www-form-urlencoded";
  // The bytes that an encoder leaves in a name, up to the first value.
  private static final Pattern LIKE_A_FORM = Pattern.compile("[\\w.%+*~\\[\\]$-]+=.*");
  private static final int HEAD_BYTES = 1024;
  private static final char ORDER_MARK = '\uFEFF';

  private BodyReader() {}

  /**
   * Reads bytes or text; a map or list is given back as it is.
   *
   * @param contentType of the body, or null when it is not known
   * @throws Refusal BODY_BROKEN or BODY_TOO_COMPLEX, see {@link Json#read}, {@link XmlTree#read}
   *     and {@link FormText#read}; BODY_BROKEN when the body is none of all that
   */
  static Object read(Object body, String contentType) {
    if (body instanceof Map || body instanceof List) {
      return body;
    }
    if (body instanceof byte[] bytes) {
      return read(bytes, contentType);
    }
    if (body instanceof String text) {
      return read(bytes(text), contentType);
    }
    throw new Refusal(
        Cause.BODY_BROKEN,
        "",
        "a mapping takes JSON, XML or a form as bytes or text, or a map or list; the body is "
            + (body == null ? "empty" : body.getClass().getSimpleName()));
  }

  // A byte order mark says UTF-8, whatever encoding the XML inside declares: it is text already.
  private static byte[] bytes(String text) {
    boolean xml = text.stripLeading().startsWith("<");
    return ((xml ? ORDER_MARK : "") + text).getBytes(StandardCharsets.UTF_8);
  }

  private static Object read(byte[] bytes, String contentType) {
    String head = head(bytes);
    String type = type(contentType);
    if (isXml(type, head)) {
      return XmlTree.read(bytes);
    }
    return isForm(type, head) ? FormText.read(bytes, contentType) : Json.read(bytes);
  }

  private static boolean isXml(String type, String head) {
    if (type.endsWith("/xml") || type.endsWith("+xml")) {
      return true;
    }
    return head.startsWith("<") && !isJson(type);
  }

  private static boolean isForm(String type, String head) {
    if (head.startsWith("{") || head.startsWith("[") || isJson(type)) {
      return false;
    }
    return type.equals(FORM) || LIKE_A_FORM.matcher(head).matches();
  }

  private static boolean isJson(String type) {
    return type.endsWith("/json") || type.endsWith("+json");
  }

  private static String type(String contentType) {
    return contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  private static String head(byte[] bytes) {
    int length = Math.min(bytes.length, HEAD_BYTES);
    String head = new String(bytes, 0, length, StandardCharsets.UTF_8);
    String text = !head.isEmpty() && head.charAt(0) == ORDER_MARK ? head.substring(1) : head;
    return text.stripLeading().lines().findFirst().orElse("");
  }
}
