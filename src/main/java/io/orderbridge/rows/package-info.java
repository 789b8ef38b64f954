/**
 * Files of rows as partners and banks send them: bills as CSV or spreadsheet, packed or not, and
 * statements of accounts as MT940 or camt.053. How a file looks stands in the connection file under
 * {@code tables:}; here it becomes rows, column name to text. A row that cannot be read is put
 * aside with its line; a file that is cut off or whose totals do not fit is refused as a whole.
 * Routes use it as {@code rows:connection/table}.
 */
package io.orderbridge.rows;
