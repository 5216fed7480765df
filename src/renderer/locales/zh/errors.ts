/** 出了什么问题、保留了什么、该怎么做。 */
export const errors = {
  errors: {
    unexpected: '程序自身出错，没有任何改动。请重试；若仍出现，请重新启动 Pathlight。',
    'host-unreachable': 'Pathlight 没有响应。请检查它的窗口或命令行是否仍然打开，然后重试。',
    'not-allowed': '此页面已没有访问权限。请从原来的入口重新打开 Pathlight。',
    cancelled: '已按您的要求停止，没有任何改动。',
    'unknown-student': '成绩册中已没有这名学生。',
    'unknown-job': '这项任务已经结束。',
    'not-empty': '示例班级只能在空的成绩册中打开。没有任何改动。',
    'gradebook-newer': '这个成绩册由更新版本的 Pathlight 写成。请安装新版本再打开；没有任何改动。',
    'gradebook-busy': '另一个程序正在写入成绩册。没有任何改动，请稍后再试。',
  },
};
