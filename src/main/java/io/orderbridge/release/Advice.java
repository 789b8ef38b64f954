package io.orderbridge.release;

import io.orderbridge.kernel.Wording;

/** What to do next, in both languages. */
final class Advice {
  static final Wording TRIED =
      new Wording(
          "检查通过，尚未生效。确认差异后再发布。",
          "It is good and not in force. Look at the differences, then release.");
  static final Wording REFUSED =
      new Wording(
          "这份内容不会生效。按每条提示中的文件和行号修改后再试。",
          "This text would not be taken. Mend what each problem names by file and line, try"
              + " again.");
  static final Wording IN_FORCE =
      new Wording(
          "已生效。如有问题，可一键退回之前的版本。",
          "It is in force. When it is wrong, go back to an earlier version.");
  static final Wording RESTING =
      new Wording(
          "已保存，但该连接已停用，启用后才生效。",
          "It is kept, but its connection is switched off; it works when that is switched on.");
  static final Wording PUT_BACK =
      new Wording(
          "系统未采用这份内容，已恢复上一份可用内容。按提示修改后再发布。",
          "It was not taken; the last good text is put back. Mend what is named, then release"
              + " again.");
  static final Wording NOT_TAKEN =
      new Wording(
          "文件已写入，但系统还没有读取。稍后刷新文件列表查看状态；一直没有变化时请看日志 reload.round。",
          "The file is written, the reload has not looked at it yet. Ask for the file again; when"
              + " nothing changes look for reload.round in the log.");
  static final Wording NOT_REPLAYED_REFUSED =
      new Wording("内容未通过检查，没有试跑。", "Not replayed: the text would not be taken.");
  static final Wording NOT_REPLAYED_KIND =
      new Wording(
          "这类文件只做检查，不试跑：它的作用取决于外部系统或时间。",
          "Checked only: what a file of this kind does depends on other systems or on the time.");
  static final Wording NOT_REPLAYED_PLACE =
      new Wording(
          "没有试跑：没有路由直接用它处理收到的消息；它处理的内容没有保存。",
          "Not replayed: no route gives it messages as they came, and what it is given is not"
              + " kept.");

  private Advice() {}
}
