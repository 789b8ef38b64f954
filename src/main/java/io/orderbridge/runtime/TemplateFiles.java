package io.orderbridge.runtime;

import io.orderbridge.notice.ShippedTemplates;
import io.orderbridge.notice.Template;
import io.orderbridge.notice.Templates;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files {@code mappings/notices/<name>.<channel>.yaml}: a template of a notice each. */
final class TemplateFiles implements FolderFiles {
  private static final String NAMES =
      "is not read: templates are notices/<name>.<channel>.yaml, for example"
          + " notices/shipped.sms.yaml";

  private static final String FOLDER = "notices/";
  private static final Pattern FILE =
      Pattern.compile("notices/([a-z0-9][a-z0-9-]{0,59})\\.([a-z0-9][a-z0-9-]{0,59})\\.ya?ml");

  private final ShippedTemplates shipped;

  TemplateFiles(ShippedTemplates shipped) {
    this.shipped = shipped;
  }

  @Override
  public boolean isBelow(String path) {
    return path.startsWith(FOLDER);
  }

  @Override
  public String names() {
    return NAMES;
  }

  @Override
  public Optional<RuleFile<?>> find(String path, String text) {
    Matcher matcher = FILE.matcher(path);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Templates.Key key = new Templates.Key(matcher.group(1), matcher.group(2));
    return Optional.of(
        new RuleFile<Template>(
            path,
            root -> NoticeTemplateSection.read(key, root),
            template -> shipped.replace(key, template),
            null));
  }
}
