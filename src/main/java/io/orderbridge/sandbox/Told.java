package io.orderbridge.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * What the tell mapping of a counterpart gave: the body alone, or a map of {@code status}, {@code
 * type}, {@code headers} and {@code body}, for a file with {@code pack: gzip}; or in the place of
 * the body {@code entries} of name and text with {@code pack: zip}. Texts are in {@code charset}.
 *
 * @param node this member of the body is signed; null when it is the whole
 * @param plain the body before it was packed
 * @param body as it is sent
 */
record Told(int status, Map<String, String> headers, String node, byte[] plain, byte[] body) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String UTF_8 = "UTF-8";
  private static final String STATUS = "status";
  private static final String TYPE = "Content-Type";
  private static final int OK = 200;
  // 256 MB in all.
  private static final int BOMB_PART = 1_048_576;
  private static final int BOMB_PARTS = 256;

  /**
   * A file whose content is nothing but zeros, packed as this one: small to send, large to open.
   */
  Told bomb() {
    boolean zip = body.length > 1 && body[0] == 'P' && body[1] == 'K';
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    byte[] zeros = new byte[BOMB_PART];
    try (OutputStream out = zip ? new ZipOutputStream(packed) : new GZIPOutputStream(packed)) {
      if (out instanceof ZipOutputStream entries) {
        entries.putNextEntry(new ZipEntry("bill.csv"));
      }
      for (int i = 0; i < BOMB_PARTS; i++) {
        out.write(zeros);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Told(status, headers, node, plain, packed.toByteArray());
  }

  /**
   * @param type the content type when the mapping names none
   */
  static Told of(Object told, String type) {
    if (!(told instanceof Map<?, ?> map) || !map.containsKey(STATUS)) {
      byte[] bytes = bytes(told, UTF_8);
      return new Told(OK, Map.of(TYPE, type), null, bytes, bytes);
    }
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(TYPE, map.get("type") == null ? type : map.get("type").toString());
    if (map.get("headers") instanceof Map<?, ?> given) {
      given.forEach((name, value) -> headers.put(name.toString(), String.valueOf(value)));
    }
    String charset = map.get("charset") == null ? UTF_8 : map.get("charset").toString();
    String node = map.get("node") == null ? null : map.get("node").toString();
    int status = Integer.parseInt(String.valueOf(map.get(STATUS)));
    if (map.get("entries") instanceof List<?> entries) {
      byte[] zip = zip(entries, Charset.forName(charset));
      return new Told(status, headers, node, zip, zip);
    }
    byte[] plain = bytes(map.get("body"), charset);
    byte[] packed = "gzip".equals(map.get("pack")) ? gzip(plain) : plain;
    return new Told(status, headers, node, plain, packed);
  }

  private static byte[] bytes(Object body, String charset) {
    if (body instanceof byte[] bytes) {
      return bytes;
    }
    try {
      String text =
          body == null ? "" : body instanceof String s ? s : JSON.writeValueAsString(body);
      return text.getBytes(Charset.forName(charset));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  private static byte[] zip(List<?> entries, Charset charset) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(packed, charset)) {
      for (Object entry : entries) {
        Map<?, ?> file = (Map<?, ?>) entry;
        out.putNextEntry(new ZipEntry(file.get("name").toString()));
        out.write(file.get("text").toString().getBytes(charset));
        out.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }
}
