data: {"id":"c9","object":"chat.completion.chunk","created":7,"model":"tiny-rtl","choices":[{"index":0,"delta":{"content":"a"},"finish_reason":null}]}data: {"id":"c9","object":"chat.completion.chunk","created":7,"model":"tiny-rtl","choices":[{"index":0,"delta":{"content":"b"},"finish_reason":null}]}data: {"id":"c9","object":"chat.completion.chunk","created":7,"model":"tiny-rtl","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}data: [DONE]
%% want
client same
model tiny-rtl
text ab
finish stop
