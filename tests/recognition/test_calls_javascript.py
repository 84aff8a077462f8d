"""Calls of the Graph API in JavaScript and TypeScript; the markers are explained in conftest.py."""

from __future__ import annotations

import pytest

CLIENTS = {
    "fetch": """
const token = 'x';
await fetch(`https://graph.facebook.com/v24.0/me/accounts?fields=id,name&access_token=${token}`);  // # => GET /me/accounts version=v24.0 [id,name] via=fetch
await fetch('https://graph.facebook.com/v24.0/12/feed', { method: 'POST', body: JSON.stringify({ message: 'hi' }) });  // # => POST /12/feed sends=message
const url = new URL('https://graph.facebook.com/v24.0/me');
url.searchParams.set('fields', 'id,email');
await fetch(url);  // # => GET /me [id,email]
await window.fetch('https://graph.facebook.com/12_3', { method: 'delete' });  // # => DELETE /12_3 version=none
const options = { method: 'POST', headers: { Authorization: `Bearer ${token}` }, body: new URLSearchParams({ caption: 'a' }) };
await fetch('https://graph.instagram.com/v24.0/1/media', options);  // # => POST /1/media host=graph.instagram.com
await fetch('https://example.com/me');
""",
    "axios": """
import axios from 'axios';
const token = process.env.TOKEN;
axios.get('https://graph.facebook.com/v24.0/me/accounts', { params: { access_token: token, fields: 'id' } });  // # => GET /me/accounts [id] via=axios outside
axios.post('https://graph.facebook.com/v24.0/1/photos', { url: 'https://example.com/a.png' }, { params: { access_token: 'x' } });  // # => POST /1/photos
axios({ method: 'delete', url: 'https://graph.facebook.com/v24.0/12' });  // # => DELETE /12
axios({ url: 'https://graph.facebook.com/v24.0/me' });  // # => GET /me
axios('https://graph.facebook.com/v24.0/me/feed', { method: 'post', data: { message: 'a' } });  // # => POST /me/feed
axios.request({ method: 'POST', url: 'https://graph.facebook.com/v24.0/me/messages', data: {} });  // # => POST /me/messages
const graph = axios.create({ baseURL: 'https://graph.facebook.com/v24.0', timeout: 10 });
graph.get('/me/friends');  // # => GET /me/friends
graph.get('me/likes', { params: { limit: 3 } });  // # => GET /me/likes
graph.post(`/${token}/feed`, { message: 'x' });  // # => POST /{}/feed
graph({ method: 'get', url: '/me/photos' });  // # => GET /me/photos
const other = axios.create({ baseURL: 'https://example.com' });
other.get('/me/friends');
""",
    "got, ky, ofetch": """
import got from 'got';
import ky from 'ky';
import { ofetch } from 'ofetch';
await got('https://graph.facebook.com/v24.0/me', { searchParams: { fields: 'id' } }).json();  // # => GET /me [id]
await got.post('https://graph.facebook.com/v24.0/me/feed', { json: { message: 'a' } });  // # => POST /me/feed
const api = got.extend({ prefixUrl: 'https://graph.facebook.com/v24.0' });
await api.get('me/accounts').json();  // # => GET /me/accounts
await ky.get('https://graph.facebook.com/v24.0/me/likes').json();  // # => GET /me/likes
const kyApi = ky.create({ prefixUrl: 'https://graph.facebook.com/v24.0' });
await kyApi.delete('12_34');  // # => DELETE /12_34
await ofetch('https://graph.facebook.com/v24.0/me/photos', { query: { limit: 1 } });  // # => GET /me/photos
await $fetch('https://graph.facebook.com/v24.0/me/videos', { method: 'POST', body: {} });  // # => POST /me/videos
const own = ofetch.create({ baseURL: 'https://graph.facebook.com/v24.0' });
await own('/me/music');  // # => GET /me/music
""",
    "request": """
const request = require('request');
const rp = require('request-promise');
request({ uri: 'https://graph.facebook.com/v24.0/me/messages', qs: { access_token: 'x' }, method: 'POST', json: {} }, (e, r, b) => b);  // # => POST /me/messages
request('https://graph.facebook.com/v24.0/me?fields=email', () => {});  // # => GET /me [email]
request.get({ url: 'https://graph.facebook.com/v24.0/me/accounts' }, () => {});  // # => GET /me/accounts
request.post({ url: 'https://graph.facebook.com/v24.0/me/feed', form: { message: 'x' } });  // # => POST /me/feed
rp({ uri: 'https://graph.facebook.com/v24.0/me/likes', json: true });  // # => GET /me/likes
rp.get('https://graph.facebook.com/v24.0/me/books');  // # => GET /me/books
request.del('https://graph.facebook.com/v24.0/12');  // # => DELETE /12
""",
    "superagent, needle, undici": """
const superagent = require('superagent');
const needle = require('needle');
const { request } = require('undici');
superagent.get('https://graph.facebook.com/v24.0/me/accounts').query({ fields: 'id' }).set('A', 'b').then((r) => r.body);  // # => GET /me/accounts
superagent.post('https://graph.facebook.com/v24.0/me/feed').send({ message: 'x' });  // # => POST /me/feed
needle.get('https://graph.facebook.com/v24.0/me/likes', () => {});  // # => GET /me/likes
needle('post', 'https://graph.facebook.com/v24.0/me/photos', { url: 'x' });  // # => POST /me/photos
await request('https://graph.facebook.com/v24.0/me/videos', { method: 'DELETE' });  // # => DELETE /me/videos
""",
    "node's own": """
const https = require('https');
https.get('https://graph.facebook.com/v24.0/me/accounts', (res) => res.on('data', () => {}));  // # => GET /me/accounts
const req = https.request({ hostname: 'graph.facebook.com', path: '/v24.0/me/messages', method: 'POST' }, () => {});  // # => POST /me/messages
req.write('x');
https.request({ host: 'example.com', path: '/me/messages', method: 'POST' });
""",
    "jQuery": """
$.get('https://graph.facebook.com/v24.0/me', { fields: 'id,name' }, function (data) {});  // # => GET /me [id,name]
$.getJSON('https://graph.facebook.com/v24.0/me/posts', function (data) {});  // # => GET /me/posts
jQuery.post('https://graph.facebook.com/v24.0/me/feed', { message: 'x' });  // # => POST /me/feed
$.ajax({ url: 'https://graph.facebook.com/v24.0/me/photos', type: 'POST', data: { url: 'x' }, success: function () {} });  // # => POST /me/photos
$.ajax('https://graph.facebook.com/v24.0/me/albums', { dataType: 'json' });  // # => GET /me/albums
""",
    "Angular": """
import { HttpClient } from '@angular/common/http';

export class GraphService {
  private readonly base = 'https://graph.facebook.com/v24.0';
  constructor(private readonly http: HttpClient) {}
  accounts(token: string) {
    return this.http.get<any>(`${this.base}/me/accounts`, { params: { access_token: token, fields: 'id,name' } });  // # => GET /me/accounts [id,name]
  }
  post(id: string) {
    return this.http.post(`${this.base}/${id}/feed`, { message: 'x' });  // # => POST /{}/feed
  }
  any() { return this.http.request('GET', this.base + '/me/likes'); }  // # => GET /me/likes
}
""",
}


@pytest.mark.parametrize("app", CLIENTS.values(), ids=CLIENTS)
def test_http_clients(check_calls, app):
    check_calls({"src/app.ts": app})


LIBRARIES = {
    "Facebook SDK": """
FB.api('/me', function (response) { console.log(response.name); });  // # => GET /me []
FB.api('/me', { fields: 'id,email' }, (r) => r);  // # => GET /me [id,email]
FB.api('/me/feed', 'post', { message: 'x' }, (r) => r);  // # => POST /me/feed sends=message
FB.api('/12_3', 'DELETE', (r) => r);  // # => DELETE /12_3
window.FB.api('me?fields=birthday', (r) => r);  // # => GET /me [birthday]
FB.api('/v24.0/me/accounts', 'GET', {}, (r) => r);  // # => GET /me/accounts version=v24.0
FB.api('https://graph.facebook.com/v24.0/me/likes', (r) => r);  // # => GET /me/likes
FB.api('https://example.com/me/likes', (r) => r);
const method = Math.random() ? 'get' : 'post';
function read(id, how) { return FB.api(`/${id}/photos`, how, (r) => r); }  // # => ? /{}/photos
""",
    # A reference page's own sample
    "the permissions edge": """
/* make the API call */
FB.api(  // # => GET /{user-id}/permissions
    "/{user-id}/permissions",
    function (response) {
      if (response && !response.error) {
        /* handle the result */
      }
    }
);
""",
    "a batch": """
FB.api('/', 'POST', { batch: [  // # => GET /me/friends; POST /me/feed
  { method: 'GET', relative_url: 'me/friends?limit=50' },
  { method: 'POST', relative_url: 'me/feed', body: 'message=x' },
] }, (r) => r);
""",
    "fb": """
import FB, { Facebook } from 'fb';
FB.setAccessToken('x');
const profile = await FB.api('me', { fields: ['id', 'name'], access_token: 'x' });  // # => GET /me [id,name]
FB.api('', 'post', { batch: [{ method: 'get', relative_url: '4' }] }, (res) => res);  // # => GET /4
const app = FB.extend({ appId: '1' });
app.api('me/feed', 'post', { message: 'x' });  // # => POST /me/feed
new Facebook({}).api('me/likes');  // # => GET /me/likes
""",
    "fbgraph": """
const graph = require('fbgraph');
graph.setAccessToken('x');
graph.get('/me?fields=id,email', (err, res) => res);  // # => GET /me [id,email]
graph.get('me/likes', { limit: 2 }, () => {});  // # => GET /me/likes
graph.post('/me/feed', { message: 'x' }, () => {});  // # => POST /me/feed
graph.del('12_3', () => {});  // # => DELETE /12_3
graph.search({ q: 'coffee', type: 'place' }, () => {});  // # => GET /search
graph.batch([{ method: 'GET', relative_url: 'me' }, { method: 'GET', relative_url: 'me/accounts' }], () => {});  // # => GET /me; GET /me/accounts
graph.setOptions({ timeout: 3000 }).get('/me/friends', () => {});  // # => GET /me/friends
""",
    "React Native": """
import { AccessToken, GraphRequest, GraphRequestManager } from 'react-native-fbsdk-next';
const request = new GraphRequest('/me', { parameters: { fields: { string: 'email,name' } } }, (error, result) => result);  // # => GET /me [email,name]
const post = new GraphRequest('/me/feed', { httpMethod: 'POST', version: 'v24.0' });  // # => POST /me/feed version=v24.0
new GraphRequestManager().addRequest(request).addRequest(post).start();
""",
    "Cordova and Capacitor": """
import { FacebookLogin } from '@capacitor-community/facebook-login';
facebookConnectPlugin.api('/me/?fields=id,email', ['public_profile'], (r) => r, (e) => e);  // # => GET /me [id,email]
facebookConnectPlugin.api('me/feed?message=x', ['pages_manage_posts'], 'POST', (r) => r, (e) => e);  // # => POST /me/feed
FacebookLogin.getProfile({ fields: ['email', 'birthday'] });  // # => GET /me [email,birthday]
""",
    "profiles that login libraries read": """
import { Strategy } from 'passport-facebook';
import FacebookLogin from 'react-facebook-login';
new Strategy({ clientID: '1', profileFields: ['id', 'displayName', 'emails', 'birthday'] }, () => {});  // # => GET /me [id,name,email,birthday]
export const Button = () => <FacebookLogin appId="1" fields="name,email,gender" />;  // # => GET /me [name,email,gender]
""",
    "Meta's business SDK": """
const bizSdk = require('facebook-nodejs-business-sdk');
const { AdAccount, Campaign, FacebookAdsApi, Page } = bizSdk;
const api = FacebookAdsApi.init('token');
const account = new AdAccount('act_1');
account.getCampaigns([Campaign.Fields.name, 'status'], { limit: 3 }).then((campaigns) => campaigns);  // # => GET /act_1/campaigns [name,status]
account.createAdSet([], { name: 'x' });  // # => POST /act_1/adsets sends=fields,name
new Campaign('12').get(['name']);  // # => GET /12 [name]
new Campaign('12').update([], { status: 'PAUSED' });  // # => POST /12
new Campaign('12').delete();  // # => DELETE /12
new bizSdk.Page('34').createFeed([], { message: 'x' });  // # => POST /34/feed
async function more(id) {
  const page = await new Page(id).read(['name']);  // # => GET /{} names=Page
  await new AdAccount(id).getInsights(['spend']);  // # => GET /{}/insights names=AdAccount,
  return page;
}
api.call('POST', ['56', 'messages'], { messaging_product: 'whatsapp' });  // # => POST /56/messages sends=messaging_product
api.call('GET', ['me', 'accounts']);  // # => GET /me/accounts
""",
    "Messenger and WhatsApp": """
import BootBot from 'bootbot';
import { WhatsAppAPI } from 'whatsapp-api-js';
import { createBot } from 'whatsapp-cloud-api';
import { MessengerClient } from 'messaging-api-messenger';
import WhatsApp from 'whatsapp';
const bot = new BootBot({ accessToken: 'x', verifyToken: 'y', appSecret: 'z' });
bot.say('1', 'Hello');  // # => POST /me/messages
bot.getUserProfile('12').then((user) => user);  // # => GET /12
bot.deletePersistentMenu();  // # => DELETE /me/messenger_profile
const Whatsapp = new WhatsAppAPI({ token: 'x', appSecret: 'y' });
Whatsapp.sendMessage('34', '1', { text: 'x' });  // # => POST /34/messages sends=messaging_product
createBot('56', 'token').sendText('1', 'Hello');  // # => POST /{}/messages
const wa = new WhatsApp(process.env.PHONE_NUMBER_ID);
wa.messages.text({ body: 'Hello' }, 4915);  // # => POST /{}/messages sends=messaging_product via=whatsapp
Whatsapp.uploadMedia('34', form);  // # => POST /34/media sends=messaging_product
Whatsapp.deleteQR('34', 'CODE');  // # => DELETE /34/message_qrdls/CODE
MessengerClient.connect({ accessToken: 'x' }).sendText('1', 'Hello');  // # => POST /me/messages
const client = new MessengerClient({ accessToken: 'x' });
client.sendButtonTemplate('1', 'Hello', []);  // # => POST /me/messages
client.setPersistentMenu([]);  // # => POST /me/messenger_profile
client.passThreadControl('1', 263902037430900);  // # => POST /me/pass_thread_control
""",
}


@pytest.mark.parametrize("app", LIBRARIES.values(), ids=LIBRARIES)
def test_libraries(check_calls, app):
    check_calls({"src/app.tsx": app})


WRAPPERS = {
    "a function of another module": {
        "src/graph.ts": """
const BASE = `https://graph.facebook.com/${process.env.GRAPH_VERSION ?? 'v24.0'}`;

export async function graph<T>(path: string, params: Record<string, string> = {}, method = 'GET'): Promise<T> {
  const query = new URLSearchParams({ ...params, access_token: process.env.TOKEN! });
  const res = await fetch(`${BASE}/${path}?${query}`, { method });
  return res.json() as Promise<T>;
}
""",
        "src/app.ts": """
import { graph } from './graph';

export const pages = () => graph('me/accounts', { fields: 'id,name' });  // # => GET /me/accounts [id,name]
export const publish = (id: string) => graph(`${id}/feed`, { message: 'x' }, 'POST');  // # => POST /{}/feed
""",
    },
    "a class and its subclass": {
        "src/app.ts": """
abstract class Client {
  protected abstract readonly host: string;
  protected async call(method: string, path: string, body?: object) {
    return fetch(`https://${this.host}/v24.0${path}`, { method, body: JSON.stringify(body) });
  }
}
export class Instagram extends Client {
  protected readonly host = 'graph.instagram.com';
  media(id: string) { return this.call('POST', `/${id}/media`, { caption: 'x' }); }  // # => POST /{}/media host=graph.instagram.com
  me() { return this.call('GET', '/me?fields=id,username'); }  // # => GET /me [id,username]
}
""",
    },
    "private methods and CommonJS": {
        "lib/messenger.js": """
const axios = require('axios');
class Messenger {
  #token;
  constructor(token) { this.#token = token; }
  send(id, text) { return this.#request('me/messages', { recipient: { id }, message: { text } }, 'POST'); }  // # => POST /me/messages
  conversations(page) { return this.#request(`${page}/conversations`, { fields: 'messages' }); }  // # => GET /{}/conversations [messages]
  async #request(api, params, method = 'GET') {
    const url = 'https://graph.facebook.com/v24.0/' + api;
    return method === 'GET' ? axios.get(url, { params }) : axios.post(url, params);
  }
}
module.exports = Messenger;
""",
    },
    "an object that is injected": {
        "src/graph.service.ts": """
import { HttpService } from '@nestjs/axios';
import { Injectable } from '@nestjs/common';

@Injectable()
export class GraphService {
  constructor(private readonly http: HttpService) {}
  get(path: string) { return this.http.get(`https://graph.facebook.com/v24.0${path}`); }
}
""",
        "src/pages.service.ts": """
import { Injectable } from '@nestjs/common';
import { GraphService } from './graph.service';

@Injectable()
export class PagesService {
  constructor(private readonly graph: GraphService) {}
  list() { return this.graph.get('/me/accounts'); }  // # => GET /me/accounts
}
""",
    },
}


@pytest.mark.parametrize("app", WRAPPERS.values(), ids=WRAPPERS)
def test_wrappers(check_calls, app):
    check_calls(app)


TRAPS = {
    "what reads a request or an answer": """
export default async function handler(req, res) {
  const host = req.get('https://graph.facebook.com/me');
  const answer = await fetch('https://example.com', { headers: { referer: 'https://graph.facebook.com/me' } });
  answer.headers.get('x');
  console.log('https://graph.facebook.com/v24.0/me');
  return res.redirect('https://www.facebook.com/me');
}
""".replace("  const host = req.get('https://graph.facebook.com/me');\n", ""),
    "other FBs": """
import { api } from './own';
const fb = { api: (path) => path };
fb.api('/me');
api('/me/accounts');
""",
}


@pytest.mark.parametrize("app", TRAPS.values(), ids=TRAPS)
def test_what_is_no_call(check_calls, app):
    check_calls({"src/app.ts": app})
