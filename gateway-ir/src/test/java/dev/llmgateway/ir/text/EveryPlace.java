package dev.llmgateway.ir.text;

import dev.llmgateway.ir.json.Json;
import tools.jackson.databind.JsonNode;

/** Bodies that have every member of their format that can hold a text. */
final class EveryPlace {

    private EveryPlace() {}

    static JsonNode openAi() {
        return json("""
                {'model':'m','user':'u-1','safety_identifier':'s-1','stop':['END','STOP'],
                 'metadata':{'team':'blue'},'prediction':{'type':'content','content':'predicted'},
                 'prompt_cache_key':'k','service_tier':'auto','reasoning_effort':'high','store':true,
                 'modalities':['text','audio'],'audio':{'voice':'alloy','format':'mp3'},
                 'logit_bias':{'50256':-100},'stream':true,'stream_options':{'include_usage':true},
                 'web_search_options':{'user_location':{'type':'approximate','approximate':{'city':'Paris'}}},
                 'response_format':{'type':'json_schema','json_schema':{'name':'answer','description':'An answer.',
                   'strict':true,'schema':{'type':'object','title':'T','properties':{'a':{'type':'string',
                   'description':'d','enum':['x','y'],'default':'x','examples':['x',{'deep':'z'}],'pattern':'^x',
                   'const':'x','format':'date'}},'required':['a'],'$comment':'c'}}},
                 'tools':[
                   {'type':'function','function':{'name':'f','description':'Does f.','parameters':{'type':'object',
                     'properties':{'type':{'type':['string','null'],'description':'the type'},
                     'required':{'enum':['q']}},'required':['type']},'strict':false}},
                   {'type':'custom','custom':{'name':'c','description':'Does c.',
                     'format':{'type':'grammar','grammar':{'syntax':'lark','definition':'start: A'}}}},
                   {'type':'web_search_preview','search_context_size':'low','user_location':{'city':'Rome'}}],
                 'tool_choice':{'type':'function','function':{'name':'f'}},'parallel_tool_calls':true,
                 'messages':[
                   {'role':'system','content':'Be kind.','name':'sys'},
                   {'role':'developer','content':[{'type':'text','text':'Be brief.'}]},
                   {'role':'user','name':'jane','content':[
                     {'type':'text','text':'Hello','prompt_cache_breakpoint':{'mode':'explicit'}},
                     {'type':'image_url','image_url':{'url':'data:image/png;base64,iVBORw0KGgo=','detail':'low'}},
                     {'type':'input_audio','input_audio':{'data':'UklGRg==','format':'wav'}},
                     {'type':'file','file':{'file_data':'data:application/pdf;base64,JVBERi0=','filename':'a.pdf'}},
                     {'type':'file','file':{'file_id':'file-1','filename':'b.pdf'}},
                     {'type':'newer_part','newer_part':{'say':'what'},'list':['one',['two']]}]},
                   {'role':'assistant','content':'On it.','refusal':'No.','audio':{'id':'audio-1'},'annotations':[{'type':'url_citation',
                     'url_citation':{'url':'https://example.com/a','title':'A'}}],
                     'tool_calls':[
                       {'id':'call_1','type':'function','function':{'name':'f','arguments':'{\\"a\\":\\"b\\"}'}},
                       {'id':'call_2','type':'custom','custom':{'name':'c','input':'free text'},
                        'extra_content':{'vendor':{'note':'n'}}},
                       {'id':'call_3','type':'function','index':'2','function':{'name':'f','arguments':'not json'}}]},
                   {'role':'tool','tool_call_id':'call_1','content':'result','name':'f-result'},
                   {'role':'tool','tool_call_id':'call_2','content':[{'type':'text','text':'more'}]},
                   {'role':'tool','tool_call_id':'call_3','content':'third'},
                   {'role':'assistant','content':[{'type':'text','text':'Said.'},{'type':'refusal','refusal':'R.'}]},
                   {'role':'user','content':'Bye'}]}
                """);
    }

    /** What keeps a body from being sent on as it is. */
    static JsonNode openAiWithReasoning() {
        return json("""
                {'model':'m','max_tokens':9,'messages':[
                   {'role':'user','content':[{'type':'image_url','image_url':{'url':'https://example.com/a.png?k=v'}},
                     {'type':'file','file':{'file_data':'data:text/plain;base64,SGVsbG8=','filename':'a.txt'}}]},
                   {'role':'assistant','content':'On it.','reasoning_content':'Hm.','reasoning':'twice',
                     'reasoning_details':[{'type':'reasoning.text','text':'Hm.'}],
                     'tool_calls':[{'id':'call_1','type':'function','function':{'name':'f','arguments':'{}'},
                        'extra_content':{'google':{'thought_signature':'c2ln'}}}]},
                   {'role':'tool','tool_call_id':'call_1','content':'result'}]}
                """);
    }

    static JsonNode legacyOpenAi() {
        return json("""
                {'model':'m','stop':'END','response_format':{'type':'json_object'},
                 'functions':[{'name':'f','description':'Does f.','parameters':{'type':'object','title':'t'}}],
                 'function_call':'auto',
                 'messages':[
                   {'role':'user','content':[
                     {'type':'image_url','image_url':{'url':'data:image/png;base64,iVBORw0KGgo='}}]},
                   {'role':'assistant','content':null,'function_call':{'name':'f','arguments':'{\\"a\\":1}'}},
                   {'role':'function','name':'f','content':'result'}]}
                """);
    }

    static JsonNode anthropic() {
        return json("""
                {'model':'m','max_tokens':4000,'system':[{'type':'text','text':'Be kind.',
                   'cache_control':{'type':'ephemeral','ttl':'1h'}}],
                 'stop_sequences':['END'],'metadata':{'user_id':'u-1','other':'o'},'service_tier':'auto',
                 'container':'container_1','inference_geo':'eu','context_management':{'edits':[{'type':'clear',
                   'keep':{'type':'tool_uses','value':3},'exclude_tools':['f']}]},
                 'mcp_servers':[{'type':'url','url':'https://mcp.example.com','name':'mcp','authorization_token':'t'}],
                 'thinking':{'type':'adaptive','display':'summarized'},
                 'output_config':{'effort':'high','format':{'type':'json_schema','schema':{'type':'object',
                   'description':'d','properties':{'a':{'type':'string','enum':['x']}},
                   'additionalProperties':false}}},
                 'tools':[
                   {'name':'f','description':'Does f.','input_schema':{'type':'object','title':'T','properties':{
                     'a':{'type':'string','description':'d','default':'x','examples':['e']}},'required':['a']},
                     'input_examples':[{'a':'for example'}],'cache_control':{'type':'ephemeral'}},
                   {'type':'web_search_20250305','name':'web_search','allowed_domains':['example.com'],
                     'user_location':{'type':'approximate','city':'Rome'}}],
                 'tool_choice':{'type':'auto','name':'stray','disable_parallel_tool_use':true},
                 'messages':[
                   {'role':'user','content':[
                     {'type':'text','text':'Hello','citations':[{'type':'char_location','cited_text':'cited',
                       'document_title':'title','document_index':0}]},
                     {'type':'image','source':{'type':'base64','media_type':'image/png','data':'iVBORw0KGgo='}},
                     {'type':'image','source':{'type':'url','url':'https://example.com/a.png?key=1'}},
                     {'type':'document','title':'Doc','context':'ctx','citations':{'enabled':true},
                       'source':{'type':'text','media_type':'text/plain','data':'the text'}},
                     {'type':'document','title':'Pdf','source':{'type':'base64','media_type':'application/pdf',
                       'data':'JVBERi0='}},
                     {'type':'document','source':{'type':'url','url':'https://example.com/a.pdf'}},
                     {'type':'document','source':{'type':'file','file_id':'file_1'}},
                     {'type':'document','title':'Own','source':{'type':'content','content':[
                       {'type':'text','text':'inner'},'loose']}},
                     {'type':'search_result','source':'https://example.com','title':'T',
                       'content':[{'type':'text','text':'found'}]}]},
                   {'role':'assistant','content':[
                     {'type':'thinking','thinking':'Hm.','signature':'c2ln'},
                     {'type':'redacted_thinking','data':'c2VhbGVk'},
                     {'type':'text','text':'On it.'},
                     {'type':'server_tool_use','id':'srvtoolu_1','name':'web_search','input':{'query':'weather'}},
                     {'type':'web_search_tool_result','tool_use_id':'srvtoolu_1','content':[
                       {'type':'web_search_result','url':'https://example.com','title':'W','page_age':'1 day',
                        'encrypted_content':'c2VhbGVk'}]},
                     {'type':'tool_use','id':'toolu_1','name':'f','input':{'a':'b','deep':[{'c':'d'}]}},
                     {'type':'tool_use','id':'toolu_2','name':'f','input':{}}]},
                   {'role':'user','content':[
                     {'type':'tool_result','tool_use_id':'toolu_1','is_error':true,'content':[
                       {'type':'text','text':'result'},
                       {'type':'image','source':{'type':'url','url':'https://example.com/b.png'}},
                       {'type':'search_result','source':'s','title':'T','content':[{'type':'text','text':'f'}]}]},
                     {'type':'tool_result','tool_use_id':'toolu_2','content':'plain result'},
                     {'type':'text','text':'And?'}]},
                   {'role':'assistant','content':'Said.'},
                   {'role':'user','content':'Bye'}]}
                """);
    }

    private static JsonNode json(String singleQuoted) {
        return Json.parse(singleQuoted.replace('\'', '"'));
    }
}
