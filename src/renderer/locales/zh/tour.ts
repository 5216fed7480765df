/** 首次打开的页面和导览的文字。 */
export const tour = {
  welcome: {
    title: '欢迎使用 Pathlight',
    lead: 'Pathlight 从以往的作答中了解学生如何学习，再凭少量作答适配您的每一名学生。',
    second: '它告诉您每名学生下一步该学什么、为什么。所有数据都留在这台电脑上。',
    sample: '打开示例班级',
    sampleNote: '一门小课程的模拟学生，供您先看看。可以撤销。',
    type: '没有文件也可以开始',
    typeNote: '一名学生，或您自己：输入姓名，再随时输入作答。',
    import: '导入班级',
    importNote:
      '学校系统导出的文件都可以：Canvas、Moodle、Blackboard、Brightspace、Schoology、Google 表单、Kahoot、Clever、OneRoster，或任何 CSV、XLSX 表格，打包成 zip 也行。拖到这里，或选择文件。写入之前，您可以先看清全部内容。',
    loadingSample: '正在打开示例班级',
    restore: '恢复备份',
    restoreSome_other: '这个数据文件夹中有 {{count, number}} 份以前成绩簿的备份。',
    restoreNone: '这个数据文件夹中还没有备份。下一页会告诉您备份所在的文件夹：把备份文件复制到那里，就会列出来。',
  },
  tour: {
    name: '导览',
    offer: '第一次使用？五步了解各处的内容。也可以直接点学生的姓名，打开其学习路径。',
    start: '开始导览',
    dismissed: '您随时可以从搜索或设置中开始导览。',
    actions: '帮助',
    settingsNote: '分五步看班级和一名学生的学习路径。',
    settingsNone: '有了班级才能开始：请打开示例班级，或导入一个班级。',
    step: '第 {{step}} 步，共 {{of}} 步',
    next: '下一步',
    back: '上一步',
    skip: '跳过导览',
    done: '完成',
    steps: {
      sentence: {
        title: '一句话看班级',
        text: '这句话说明接下来教什么、教给谁。每有新的作答或成绩，都会重新计算。',
      },
      groups: {
        title: '谁需要您，谁可以一起学',
        text: '只有不太可能是偶然的情况才会提醒，并附上依据。同组学生的学习路径有共同的一步：选择一组，下面的图中就只留下这些学生。',
      },
      map: {
        title: '每名学生，每个知识点',
        text: '颜色越强，掌握得越好；方块越小，了解得越少。点左侧的姓名，打开该学生。',
      },
      path: {
        title: '学生的学习路径和理由',
        text: '每一步都说明学什么、怎么学，以及预期的提升。点“为什么”可以看到所依据的作答，您也可以改变它的决定。',
      },
      plans: {
        title: '打印出来',
        text: '在这里打印或保存这名学生的学习计划；左侧的“学习计划”里有全班的计划，班级页面还能按小组生成课时计划。',
      },
    },
  },
};
