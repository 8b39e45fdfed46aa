"use strict";

// Swagger UI speaks English only. A text that is exactly one of these is put into Chinese; whatever is not found here, or
// is called otherwise by a later release, stays as it is.
const CHINESE = new Map(Object.entries({
    "Authorize": "填写令牌", "Available authorizations": "登录令牌", "Value:": "令牌：", "Logout": "清除", "Close": "关闭",
    "Filter by tag or path": "按分组或者地址筛选", "Filter by tag": "按分组筛选",
    "Parameters": "参数", "No parameters": "无参数", "Name": "名称", "Description": "说明", "Request body": "请求内容",
    "Responses": "应答", "Code": "状态码", "Details": "详情", "Links": "链接",
    "No links": "无", "Headers:": "应答头：", "Type": "类型", "Media type": "内容类型",
    "Example Value": "示例", "Schema": "结构", "Schemas": "数据结构", "Expand all": "全部展开", "Collapse all": "全部收起",
    "Edit Value": "编辑", "Try it out": "试一试", "Cancel": "取消", "Execute": "发送", "Clear": "清空", "Reset": "重置",
    "Server response": "实际应答", "Response body": "应答内容", "Response headers": "应答头", "Request URL": "请求地址",
    "Curl": "curl 命令", "Download": "下载", "Loading": "正在打开", "No operations defined in spec!": "没有接口。",
}));
const KEPT = "pre, code, textarea, .opblock-summary, .renderedMarkdown, td .parameter__name, .json-schema-2020-12__title";

function inChinese(node) {
    if (node.nodeType === Node.TEXT_NODE) {
        const words = CHINESE.get(node.data.trim());
        if (words && !node.parentElement?.closest(KEPT)) node.data = words;
    } else if (node.nodeType === Node.ELEMENT_NODE) {
        if (CHINESE.has(node.placeholder)) node.placeholder = CHINESE.get(node.placeholder);
        node.childNodes.forEach(inChinese);
    }
}

if (document.documentElement.lang !== "en") {
    new MutationObserver(changes => changes.forEach(change => {
        change.addedNodes.forEach(inChinese);
        if (change.type === "characterData") inChinese(change.target);
    })).observe(document.getElementById("reference"), { childList: true, characterData: true, subtree: true });
}

SwaggerUIBundle({
    url: "openapi.json", dom_id: "#reference", validatorUrl: null, deepLinking: true, filter: true,
    docExpansion: "list", defaultModelsExpandDepth: 0,
});
