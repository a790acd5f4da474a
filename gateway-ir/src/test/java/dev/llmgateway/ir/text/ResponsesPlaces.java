package dev.llmgateway.ir.text;

import dev.llmgateway.ir.json.Json;
import tools.jackson.databind.JsonNode;

/** A body of Responses that has every member of its format that can hold a text. */
final class ResponsesPlaces {

    private ResponsesPlaces() {}

    static JsonNode all() {
        return Json.parse("""
                {'model':'m','instructions':'Be kind.','user':'u-1','safety_identifier':'s-1','metadata':{'team':'blue'},
                 'prompt_cache_key':'k','service_tier':'auto','store':true,'include':['reasoning.encrypted_content'],
                 'truncation':'auto','stream':true,'stream_options':{'include_obfuscation':false},'top_logprobs':2,
                 'client_metadata':{'session':'s','nested':{'deep':'d'}},'max_output_tokens':900,'temperature':0.5,
                 'reasoning':{'effort':'high','summary':'auto','novel':'new'},
                 'text':{'verbosity':'low','format':{'type':'json_schema','name':'answer','description':'An answer.',
                   'strict':true,'schema':{'type':'object','title':'T','properties':{'a':{'type':'string',
                   'description':'d','enum':['x','y'],'default':'x','pattern':'^x'}},'required':['a']}}},
                 'tools':[
                   {'type':'function','name':'f','description':'Does f.','strict':false,'parameters':{'type':'object',
                     'properties':{'q':{'type':'string','description':'the q'}},'required':['q']}},
                   {'type':'custom','name':'c','description':'Does c.',
                     'format':{'type':'grammar','syntax':'lark','definition':'start: A'}},
                   {'type':'namespace','name':'n','description':'Things of n.','tools':[
                     {'type':'function','name':'g','description':'Does g.','parameters':{'type':'object','title':'t'}}]},
                   {'type':'tool_search','execution':'client','description':'Finds tools.','parameters':{'type':'object',
                     'properties':{'query':{'type':'string','description':'what'}}}},
                   {'type':'mcp','server_label':'label','server_url':'https://mcp.example.com','authorization':'token',
                     'headers':{'x-key':'value'}},
                   {'type':'web_search','user_location':{'type':'approximate','city':'Rome'}}],
                 'tool_choice':{'type':'function','name':'f'},'parallel_tool_calls':true,
                 'input':[
                   {'type':'message','role':'developer','id':'msg_0','content':[{'type':'input_text','text':'Be brief.'}]},
                   {'type':'message','role':'user','id':'msg_1','status':'completed','content':[
                     {'type':'input_text','text':'Hello','prompt_cache_breakpoint':{'mode':'explicit'}},
                     {'type':'input_image','image_url':'data:image/png;base64,iVBORw0KGgo=','detail':'low'},
                     {'type':'input_image','file_id':'file_1','detail':'low'},
                     {'type':'input_file','file_data':'data:application/pdf;base64,JVBERi0=','filename':'a.pdf'},
                     {'type':'input_file','file_url':'https://example.com/a.pdf?key=1','filename':'b.pdf'},
                     {'type':'input_file','file_id':'file_2','filename':'c.pdf'},
                     {'type':'input_audio','input_audio':{'data':'UklGRg==','format':'wav'}},
                     {'type':'newer_part','say':'what','list':['one',['two']]}]},
                   {'type':'reasoning','id':'rs_1','summary':[{'type':'summary_text','text':'Hm.'}],
                     'encrypted_content':'c2VhbGVk'},
                   {'type':'reasoning','id':'rs_2','summary':[{'type':'summary_text','text':'One.'},
                     {'type':'summary_text','text':'Two.'}],'content':[{'type':'reasoning_text','text':'Raw.'}]},
                   {'type':'message','role':'assistant','id':'msg_2','status':'completed','phase':'commentary','content':[
                     {'type':'output_text','text':'On it.','annotations':[{'type':'url_citation',
                       'url':'https://example.com/a','title':'A','start_index':0,'end_index':2}]},
                     {'type':'refusal','refusal':'No.'}]},
                   {'type':'web_search_call','id':'ws_1','status':'completed','action':{'type':'search','query':'weather'}},
                   {'type':'mcp_call','id':'mcp_1','server_label':'label','name':'tool','arguments':'{}','output':'out'},
                   {'type':'compaction','id':'cmp_1','encrypted_content':'c2VhbGVk'},
                   {'type':'function_call','id':'fc_1','call_id':'call_1','name':'f','arguments':'{\\"a\\":\\"b\\"}',
                     'status':'completed'},
                   {'type':'function_call','id':'fc_2','call_id':'call_2','namespace':'n','name':'g','arguments':'not json'},
                   {'type':'custom_tool_call','id':'ctc_1','call_id':'call_3','name':'c','input':'free text'},
                   {'type':'function_call_output','id':'fco_1','call_id':'call_1','output':'result'},
                   {'type':'function_call_output','call_id':'call_2','output':[{'type':'input_text','text':'more'},
                     {'type':'input_image','image_url':'https://example.com/b.png?key=1','detail':'high'}]},
                   {'type':'custom_tool_call_output','call_id':'call_3','output':'third'},
                   {'role':'assistant','content':[{'type':'output_text','text':'Said.'},{'type':'newer','x':'y'}]},
                   {'role':'user','content':'Bye'}]}
                """.replace('\'', '"'));
    }
}
