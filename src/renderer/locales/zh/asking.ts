/** 最能说明情况的题目的文字。 */
export const asking = {
  asking: {
    title: '接下来可以问的题',
    note: '这些题的作答最能说明情况。各知识点预测的误差总体为 ± {{before}} 个百分点，全部作答后预计为 ± {{after}}。',
    enter: '录入这些题的作答',
    tells: '预计能说明：{{list}}',
    told: '{{skill}}（± {{before}} → ± {{after}} 个百分点）',
    little: '对每个知识点都只能说明一点',
    enough: {
      sure: '不必再问：每个知识点的预测误差都在五个百分点以内。',
      'plan-stands': '不必再问：最能说明情况的几道题无论答对答错，都不会改变路径的前几步。',
      'no-questions': '没有可问的题：成绩簿里还没有题目。请导入带有题目的作答。',
    },
    proposed: '建议的题，尚无作答',
    right: '{{question}}：答对',
    wrong: '{{question}}：答错',
  },
};
