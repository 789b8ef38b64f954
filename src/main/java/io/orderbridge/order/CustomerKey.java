package io.orderbridge.order;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * One customer over all shops, without saying who: a hash of the phone number, or else of the shop
 * and its name for the buyer. The one place where a customer gets a key.
 */
public final class CustomerKey {
  // E.164: 15 digits at most with the code of the country; the shortest in use have 7.
  private static final Pattern ABROAD = Pattern.compile("[1-9]\\d{6,14}");
  private static final Pattern MOBILE = Pattern.compile("1[3-9]\\d{9}");
  private static final Pattern LANDLINE = Pattern.compile("0[1-9]\\d{8,10}");
  private static final Pattern BETWEEN = Pattern.compile("[\\s\\p{Z}()./\\-‐-―]");
  private static final String CHINA = "86";

  private CustomerKey() {}

  /**
   * The key in small hexadecimal digits; null when neither the phone nor the buyer is usable. A
   * phone is not usable when it is masked, or more than a number: one with an extension is lent to
   * many customers.
   *
   * @param phone as anybody writes it; without a country's code it is of mainland China
   * @param shop the shop of the order
   * @param buyer the shop's name for the buyer
   */
  public static String of(String phone, String shop, String buyer) {
    String digits = e164(phone);
    if (digits != null) {
      return hash("tel:" + digits);
    }
    boolean named =
        shop != null && !shop.isBlank() && buyer != null && !buyer.isBlank() && !masked(buyer);
    return named ? hash("buyer:" + shop.strip() + "/" + buyer.strip()) : null;
  }

  private static boolean masked(String text) {
    return text.indexOf('*') >= 0;
  }

  private static String e164(String phone) {
    if (phone == null || masked(phone)) {
      return null;
    }
    String plain =
        BETWEEN.matcher(Normalizer.normalize(phone, Normalizer.Form.NFKC)).replaceAll("");
    boolean coded = plain.startsWith("+") || plain.startsWith("00");
    String digits = coded ? plain.substring(plain.startsWith("+") ? 1 : 2) : plain;
    if (digits.startsWith(CHINA)) {
      String national = digits.substring(CHINA.length());
      if (MOBILE.matcher(national).matches()) {
        return digits;
      }
      return coded ? landline(national) : null;
    }
    if (coded) {
      return ABROAD.matcher(digits).matches() ? digits : null;
    }
    if (MOBILE.matcher(digits).matches()) {
      return CHINA + digits;
    }
    return digits.startsWith("0") ? landline(digits) : null;
  }

  // Dialled with a zero before the city, written without it behind the country's code.
  private static String landline(String national) {
    String dialled = national.startsWith("0") ? national : "0" + national;
    return LANDLINE.matcher(dialled).matches() ? CHINA + dialled.substring(1) : null;
  }

  private static String hash(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
