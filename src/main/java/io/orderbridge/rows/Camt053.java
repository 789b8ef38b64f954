package io.orderbridge.rows;

import io.orderbridge.rows.Statement.Movement;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.xml.stream.XMLStreamException;

/**
 * Statements in ISO 20022 camt.053, by local names, whatever the version: only booked entries. Of a
 * batch each transaction becomes a row.
 *
 * <p>Shapes of {@code .02} and {@code .08} from public samples, read 2026-11-22. Nothing of a
 * statement is put aside: its balances need every entry.
 */
final class Camt053 {
  private static final String BOOKED = "BOOK";
  private static final String CREDIT = "CRDT";
  private static final Map<String, String> REVERSED = Map.of("C", "RD", "D", "RC");
  private static final int DAY_LENGTH = 10;

  private final Table table;
  private final Rows.Gathered gathered;
  private Statement statement;
  private int statements;
  private int pending;

  Camt053(Table table, Rows.Gathered gathered) {
    this.table = table;
    this.gathered = gathered;
  }

  void read(InputStream bytes) throws IOException {
    try {
      new XmlParts(table, bytes).read("Stmt", this::begin, this::part, this::finish);
    } catch (XMLStreamException e) {
      // Without its text, which repeats the sender's content.
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNumber();
      throw FileRefused.at(table, line, "the file is no XML, or it is cut off here");
    }
    if (statements == 0) {
      throw FileRefused.of(table, "there is no statement (Stmt) in the XML");
    }
    if (pending > 0) {
      gathered.note("%d entries are not booked yet and were passed over".formatted(pending));
    }
  }

  private void begin(int line) {
    statement = new Statement(table, gathered, line);
    statements++;
  }

  private void part(XmlPart part) {
    switch (part.name()) {
      case "Id" -> statement.number = part.text();
      case "ElctrncSeqNb" -> statement.sequence = part.text();
      case "LglSeqNb" -> {
        if (statement.sequence.isEmpty()) {
          statement.sequence = part.text();
        }
      }
      case "Acct" -> account(part);
      case "Bal" -> balance(part);
      case "TxsSummry" -> statement.net = net(part);
      case "Ntry" -> entry(part);
      default -> {
        // What else a bank adds says nothing of single entries.
      }
    }
  }

  private void account(XmlPart account) {
    String iban = account.at("Id/IBAN");
    statement.account = iban.isEmpty() ? account.at("Id/Othr/Id") : iban;
    statement.currency = account.at("Ccy");
  }

  private void balance(XmlPart balance) {
    String code = balance.at("Tp/CdOrPrtry/Cd");
    XmlPart told = balance.first("Amt");
    BigDecimal amount = signed(balance, amount(told, balance));
    if (statement.currency.isEmpty()) {
      statement.currency = told.attribute("Ccy");
    }
    // PRCD is the closing balance of the day before: where there is no OPBD, it opens.
    if (code.equals("OPBD") || code.equals("PRCD") && statement.opening == null) {
      statement.opening = amount;
    } else if (code.equals("CLBD")) {
      statement.closing = amount;
    }
  }

  /** What all entries move together, from the version's place for it; null when it is not said. */
  private BigDecimal net(XmlPart summary) {
    XmlPart all = summary.first("TtlNtries");
    XmlPart later = summary.first("TtlNtries/TtlNetNtry");
    if (later != null) {
      return signed(later, amount(later.first("Amt"), later));
    }
    XmlPart first = summary.first("TtlNtries/TtlNetNtryAmt");
    if (first != null) {
      return signed(all, amount(first, all));
    }
    XmlPart credits = summary.first("TtlCdtNtries/Sum");
    XmlPart debits = summary.first("TtlDbtNtries/Sum");
    return credits == null || debits == null
        ? null
        : amount(credits, summary).subtract(amount(debits, summary));
  }

  private void entry(XmlPart entry) {
    String status = entry.at("Sts/Cd").isEmpty() ? entry.at("Sts") : entry.at("Sts/Cd");
    if (!status.equals(BOOKED)) {
      pending++;
      return;
    }
    BigDecimal total = signed(entry, amount(entry.first("Amt"), entry));
    statement.moves(total);
    List<XmlPart> transactions = entry.all("NtryDtls/TxDtls");
    if (transactions.size() < 2 || !addsUp(transactions, entry, total)) {
      Movement movement = movement(entry, entry);
      if (transactions.size() == 1) {
        say(movement, transactions.get(0));
      }
      statement.row(movement);
      return;
    }
    for (XmlPart transaction : transactions) {
      Movement movement = movement(entry, transaction);
      say(movement, transaction);
      statement.row(movement);
    }
  }

  /** Whether the transactions can stand for the entry; amounts that contradict it are refused. */
  private boolean addsUp(List<XmlPart> transactions, XmlPart entry, BigDecimal total) {
    BigDecimal sum = BigDecimal.ZERO;
    String currency = entry.first("Amt").attribute("Ccy");
    for (XmlPart transaction : transactions) {
      XmlPart amount = own(transaction);
      if (amount == null || !amount.attribute("Ccy").equals(currency)) {
        gathered.note(
            "the entry in line %d is one row: its transactions have no amounts in its currency"
                .formatted(entry.line()));
        return false;
      }
      sum = sum.add(signed(direction(transaction, entry), amount(amount, transaction)));
    }
    if (sum.compareTo(total) != 0) {
      throw FileRefused.at(
          table,
          entry.line(),
          "the entry is %s, its %d transactions give %s; ask for the file again"
              .formatted(total.toPlainString(), transactions.size(), sum.toPlainString()));
    }
    return true;
  }

  private static XmlPart own(XmlPart transaction) {
    XmlPart amount = transaction.first("Amt");
    return amount == null ? transaction.first("AmtDtls/TxAmt/Amt") : amount;
  }

  private static XmlPart direction(XmlPart transaction, XmlPart entry) {
    return transaction.at("CdtDbtInd").isEmpty() ? entry : transaction;
  }

  private Movement movement(XmlPart entry, XmlPart amountOf) {
    Movement movement = new Movement(amountOf.line());
    XmlPart amount = amountOf == entry ? entry.first("Amt") : own(amountOf);
    String mark = direction(amountOf, entry).at("CdtDbtInd").equals(CREDIT) ? "C" : "D";
    boolean reversal = entry.at("RvslInd").equals("true") || entry.at("RvslInd").equals("1");
    // The direction is that of the reversal itself: a debit taken back is booked as a credit.
    movement.signed(reversal ? REVERSED.get(mark) : mark, amount(amount, amountOf));
    movement.currency = amount.attribute("Ccy");
    movement.entryDate = day(entry, "BookgDt");
    // Without a day of its own the value is that of the booking.
    String value = day(entry, "ValDt");
    movement.valueDate = value.isEmpty() ? movement.entryDate : value;
    movement.bankReference = entry.at("AcctSvcrRef");
    movement.type = type(entry);
    movement.reference = entry.at("NtryRef");
    movement.details = entry.at("AddtlNtryInf");
    return movement;
  }

  private static void say(Movement movement, XmlPart transaction) {
    String end = transaction.at("Refs/EndToEndId");
    if (!end.isEmpty()) {
      movement.reference = end;
    }
    String bank = transaction.at("Refs/AcctSvcrRef");
    if (!bank.isEmpty()) {
      movement.bankReference = bank;
    }
    String remittance =
        transaction.all("RmtInf/Ustrd").stream()
            .map(XmlPart::text)
            .collect(Collectors.joining("\n"));
    if (remittance.isEmpty()) {
      remittance = transaction.at("RmtInf/Strd/CdtrRefInf/Ref");
    }
    if (!remittance.isEmpty()) {
      movement.details = remittance;
    }
    // The other side: who paid us, or whom we paid; .02 names it one level higher.
    String side = movement.amount.signum() < 0 ? "RltdPties/Cdtr" : "RltdPties/Dbtr";
    String name = transaction.at(side + "/Pty/Nm");
    movement.party = name.isEmpty() ? transaction.at(side + "/Nm") : name;
  }

  private static String day(XmlPart entry, String name) {
    String day = entry.at(name + "/Dt");
    String text = day.isEmpty() ? entry.at(name + "/DtTm") : day;
    return text.substring(0, Math.min(text.length(), DAY_LENGTH));
  }

  private static String type(XmlPart entry) {
    String own = entry.at("BkTxCd/Prtry/Cd");
    String family = entry.at("BkTxCd/Domn/Fmly/Cd");
    String sub = entry.at("BkTxCd/Domn/Fmly/SubFmlyCd");
    return own.isEmpty() && !family.isEmpty() ? family + "/" + sub : own;
  }

  private static BigDecimal signed(XmlPart part, BigDecimal amount) {
    return part.at("CdtDbtInd").equals(CREDIT) ? amount : amount.negate();
  }

  private BigDecimal amount(XmlPart amount, XmlPart of) {
    String text = amount == null ? "" : amount.text();
    return Amounts.plain(text, '.')
        .map(BigDecimal::new)
        .filter(number -> number.signum() >= 0)
        .orElseThrow(
            () -> FileRefused.at(table, of.line(), "%s has no amount".formatted(of.name())));
  }

  private void finish() {
    statement.finish();
  }
}
