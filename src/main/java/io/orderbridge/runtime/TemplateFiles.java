package io.orderbridge.runtime;

import io.orderbridge.notice.ShippedTemplates;
import io.orderbridge.notice.Template;
import io.orderbridge.notice.Templates;
import java.util.regex.MatchResult;

/** The files {@code mappings/notices/<name>.<channel>.yaml}: a template of a notice each. */
final class TemplateFiles extends FolderFiles {
  private final ShippedTemplates shipped;

  TemplateFiles(ShippedTemplates shipped) {
    super("notices", "templates", "<name>.<channel>", "shipped.sms");
    this.shipped = shipped;
  }

  @Override
  RuleFile<Template> file(String path, MatchResult words, String text) {
    Templates.Key key = new Templates.Key(words.group(1), words.group(2));
    return new RuleFile<>(
        path,
        root -> NoticeTemplateSection.read(key, root),
        template -> shipped.replace(key, template),
        null);
  }
}
