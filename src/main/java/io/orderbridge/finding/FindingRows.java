package io.orderbridge.finding;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderbridge.finding.FindingChange.How;
import io.orderbridge.kernel.Level;
import io.orderbridge.kernel.Money;
import io.orderbridge.kernel.Wording;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Map;

/** How a finding lies in a row. */
final class FindingRows {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  private FindingRows() {}

  static BigDecimal amount(Finding finding) {
    return finding.amount() == null ? null : new BigDecimal(finding.amount().toDecimal());
  }

  static String currency(Finding finding) {
    return finding.amount() == null ? null : finding.amount().currency().getCurrencyCode();
  }

  static String evidence(Finding finding) {
    try {
      return JSON.writeValueAsString(finding.evidence());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the evidence of a finding is not writable as JSON", e);
    }
  }

  /** The first fourteen columns of the statements that return findings. */
  static FindingChange change(ResultSet row, How how) throws SQLException {
    int episode = row.getInt(2);
    How what = how != null ? how : episode == 1 ? How.OPENED : How.REOPENED;
    return new FindingChange(row.getLong(1), what, episode, row.getString(3), finding(row));
  }

  static Findings.Stored stored(ResultSet row) throws SQLException {
    return new Findings.Stored(
        row.getLong(1),
        row.getString(3),
        finding(row),
        row.getString(15),
        row.getInt(2),
        instant(row.getTimestamp(16)),
        instant(row.getTimestamp(17)),
        instant(row.getTimestamp(18)));
  }

  private static Finding finding(ResultSet row) throws SQLException {
    String amount = row.getString(9);
    return new Finding(
        Finding.Kind.valueOf(row.getString(4)),
        row.getString(5),
        row.getString(6),
        row.getString(7),
        Level.valueOf(row.getString(8)),
        amount == null ? null : money(amount, row.getString(10)),
        row.getString(11),
        evidence(row.getString(12)),
        new Wording(row.getString(13), row.getString(14)));
  }

  // A check that fills the table by SQL may leave zeros behind the currency's decimals.
  private static Money money(String amount, String currency) {
    BigDecimal decimal = new BigDecimal(amount).stripTrailingZeros();
    return Money.of(
        decimal.scale() < 0 ? decimal.setScale(0).toPlainString() : decimal.toPlainString(),
        currency);
  }

  private static Map<String, Object> evidence(String text) {
    try {
      return JSON.readValue(text, OBJECT);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the evidence of a finding is not readable", e);
    }
  }

  private static Instant instant(Timestamp at) {
    return at == null ? null : at.toInstant();
  }
}
