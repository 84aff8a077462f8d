"""Libraries of JavaScript and TypeScript, in little apps of the kind that people write with them.

The markers are explained in conftest.py. Each app is a TSX file, or several files by their paths.
"""

from __future__ import annotations

import re

import pytest
import tomli

from permlint.recognition import build
from permlint.recognition.prefilter import may_matter

APPS = {
    "@abacritt/angularx-social-login": [
        """
import { NgModule } from '@angular/core';
import { FacebookLoginProvider, GoogleLoginProvider, SocialAuthServiceConfig } from '@abacritt/angularx-social-login';

@NgModule({
  providers: [{
    provide: 'SocialAuthServiceConfig',
    useValue: {
      providers: [
        { id: GoogleLoginProvider.PROVIDER_ID, provider: new GoogleLoginProvider('1', { scopes: 'email' }) },
        { id: FacebookLoginProvider.PROVIDER_ID, provider: new FacebookLoginProvider('2', { scope: 'email,pages_show_list' }) },  // # -> facebook-login: email pages_show_list
      ],
    } as SocialAuthServiceConfig,
  }],
})
export class AppModule {}
""",
        """
import { FacebookLoginProvider } from 'angularx-social-login';

export const provider = new FacebookLoginProvider('clientId');  // # -> facebook-login: email(library) public_profile(library)
""",
        """
import { FacebookLoginProvider, SocialAuthService } from '@abacritt/angularx-social-login';

export class LoginComponent {
  constructor(private readonly auth: SocialAuthService) {}

  login(): void {
    this.auth.signIn(FacebookLoginProvider.PROVIDER_ID, { scope: 'email,user_likes' });  // # -> facebook-login: email user_likes
  }
}
""",
    ],
    "@adonisjs/ally": [
        """
import { defineConfig, services } from '@adonisjs/ally'
import env from '#start/env'

export default defineConfig({
  facebook: services.facebook({  // # -> facebook-login: email user_photos
    clientId: env.get('FACEBOOK_CLIENT_ID'),
    clientSecret: '',
    callbackUrl: '',
    scopes: ['email', 'user_photos'],
    userFields: ['name', 'email'],
  }),
  github: services.github({ clientId: '', clientSecret: '', callbackUrl: '', scopes: ['user', 'gist'] }),
})
""",
        """
import { defineConfig, services } from '@adonisjs/ally'

export default defineConfig({ facebook: services.facebook({ clientId: '1' }) })  // # -> facebook-login: email(library)
""",
        """
import type { HttpContext } from '@adonisjs/core/http'

export default class SocialController {
  async facebook({ ally }: HttpContext) {
    return ally.use('facebook').redirect((request) => {
      request.scopes(['email', 'user_likes'])  // # -> facebook-login: email user_likes
    })
  }

  async github({ ally }: HttpContext) {
    return ally.use('github').redirect((request) => request.scopes(['user:email']))
  }
}
""",
    ],
    "@auth0/auth0-spa-js": [
        """
import { useAuth0 } from '@auth0/auth0-react';

export function Login() {
  const { loginWithRedirect } = useAuth0();
  const facebook = () => loginWithRedirect({  // # -> facebook-login: email pages_show_list
    authorizationParams: { connection: 'facebook', connection_scope: 'email,pages_show_list', scope: 'openid profile' },
  });
  const google = () => loginWithRedirect({ authorizationParams: { connection: 'google-oauth2', connection_scope: 'email' } });
  return <button onClick={facebook}>Login</button>;
}
""",
    ],
    "@capacitor-community/facebook-login": [
        """
import { FacebookLogin, FacebookLoginResponse } from '@capacitor-community/facebook-login';

const FACEBOOK_PERMISSIONS = ['email', 'user_birthday'];

export async function login(): Promise<FacebookLoginResponse> {
  return await FacebookLogin.login({ permissions: FACEBOOK_PERMISSIONS });  // # -> facebook-login: email user_birthday
}
""",
    ],
    "@capgo/capacitor-social-login": [
        """
import { SocialLogin } from '@capgo/capacitor-social-login';

export const facebook = () => SocialLogin.login({ provider: 'facebook', options: { permissions: ['email', 'public_profile'] } });  // # -> facebook-login: email public_profile
export const google = () => SocialLogin.login({ provider: 'google', options: { scopes: ['email'] } });
""",
    ],
    "@clerk/clerk-js": [
        """
import { UserButton, UserProfile, useUser } from '@clerk/nextjs';

export function Connect() {
  const { user } = useUser();
  const add = () => user?.createExternalAccount({  // # -> facebook-login: pages_show_list
    strategy: 'oauth_facebook',
    additionalScopes: ['pages_show_list'],
    redirectUrl: '/done',
  });
  const other = () => user?.createExternalAccount({ strategy: 'oauth_google', additionalScopes: ['email'] });
  return <><UserProfile additionalOAuthScopes={{ google: ['foo'], facebook: ['user_photos'] }} />  // # -> facebook-login: user_photos
    <UserButton userProfileProps={{ additionalOAuthScopes: { facebook: ['user_likes'] } }} />  // # -> facebook-login: user_likes
  </>;
}
""",
    ],
    "@greatsumini/react-facebook-login": [
        """
import FacebookLogin, { FacebookLoginClient } from '@greatsumini/react-facebook-login';

export const Plain = () => <FacebookLogin appId="1" onSuccess={console.log} />;  // # -> facebook-login: email(library) public_profile(library)
export const More = () => <FacebookLogin appId="1" scope="public_profile,pages_show_list" />;  // # -> facebook-login: pages_show_list public_profile
export const login = () => FacebookLoginClient.login((response) => console.log(response), { scope: 'email' });  // # -> facebook-login: email
export const far = () => FacebookLoginClient.redirectToDialog({ client_id: '1', redirect_uri: '/' }, { scope: 'user_likes' });  // # -> facebook-login: user_likes
""",
        """
import FacebookLogin from '@greatsumini/react-facebook-login';

export const Business = () => <FacebookLogin appId="1" scope="" loginOptions={{ config_id: '12345' }} />;  // # -> facebook-login-for-business: open
""",
    ],
    "@ionic-native/facebook": [
        """
import { Facebook, FacebookLoginResponse } from '@ionic-native/facebook/ngx';

export class LoginPage {
  constructor(private fb: Facebook) {}

  login() {
    this.fb.login(['public_profile', 'user_friends', 'email'])  // # -> facebook-login: email public_profile user_friends
      .then((res: FacebookLoginResponse) => this.fb.api('me?fields=birthday', ['user_birthday']));  // # -> facebook-login: user_birthday
    this.fb.loginWithLimitedTracking(['email', 'user_age_range'], 'nonce');  // # -> facebook-login: email user_age_range
  }
}
""",
    ],
    "@lucia-auth/oauth": [
        """
import { facebook, github } from '@lucia-auth/oauth/providers';
import { auth } from './lucia';

export const facebookAuth = facebook(auth, { clientId: '1', clientSecret: '2', scope: ['email', 'public_profile'] });  // # -> facebook-login: email public_profile
export const githubAuth = github(auth, { clientId: '1', clientSecret: '2', scope: ['user:email'] });
""",
    ],
    "@openauthjs/openauth": [
        """
import { issuer } from '@openauthjs/openauth';
import { FacebookOidcProvider, FacebookProvider } from '@openauthjs/openauth/provider/facebook';

export const limited = FacebookOidcProvider({ clientID: '1', scopes: ['email'] });  // # -> facebook-login: email openid(library)
export default issuer({
  providers: { facebook: FacebookProvider({ clientID: '1', clientSecret: '2', scopes: ['email'] }) },  // # -> facebook-login: email
});
""",
    ],
    "@supabase/supabase-js": [
        """
import { createClient } from '@supabase/supabase-js';

const supabase = createClient(process.env.SUPABASE_URL!, process.env.SUPABASE_KEY!);

export async function facebook() {
  await supabase.auth.signInWithOAuth({ provider: 'facebook', options: { scopes: 'pages_show_list instagram_basic', redirectTo: '/' } });  // # -> facebook-login: email(library) instagram_basic pages_show_list
}
export const google = () => supabase.auth.signInWithOAuth({ provider: 'google', options: { scopes: 'email' } });
""",
        {
            "src/lib/supabase.ts": """
import { createBrowserClient } from '@supabase/ssr';

export const supabase = createBrowserClient('https://x.supabase.co', 'key');
""",
            "src/Login.tsx": """
import { supabase } from '@/lib/supabase';

export const Login = () => <button onClick={() => supabase.auth.signInWithOAuth({ provider: 'facebook' })}>Facebook</button>;  // # -> facebook-login: email(library)
""",
        },
        # The first version, and a client that a hook gives.
        """
export function Login({ supabase, client }) {
  supabase.auth.signInWithOAuth({ provider: 'facebook', options: { scopes: 'user_likes' } });  // # -> facebook-login: email(library) user_likes
}
""",
    ],
    "arctic": [
        """
import * as arctic from 'arctic';

const facebook = new arctic.Facebook(process.env.ID!, process.env.SECRET!, 'https://example.com/callback');
const google = new arctic.Google('1', '2', '3');

export function login() {
  const state = arctic.generateState();
  google.createAuthorizationURL(state, 'verifier', ['email']);
  const scopes = ['email', 'public_profile'];
  return facebook.createAuthorizationURL(state, scopes);  // # -> facebook-login: email public_profile
}
""",
        """
import { Facebook, generateState } from 'arctic';

export const facebook = new Facebook('1', '2', '3');
export const url = await facebook.createAuthorizationURL(generateState(), { scopes: ['email', 'user_birthday'] });  // # -> facebook-login: email user_birthday
""",
    ],
    "Auth.js": [
        # Version 4
        """
import NextAuth from 'next-auth';
import FacebookProvider from 'next-auth/providers/facebook';
import GoogleProvider from 'next-auth/providers/google';

export const authOptions = {
  providers: [
    GoogleProvider({ clientId: '1', clientSecret: '2', authorization: { params: { scope: 'openid email' } } }),
    FacebookProvider({  // # -> facebook-login: email pages_manage_posts
      clientId: process.env.FACEBOOK_CLIENT_ID!,
      clientSecret: process.env.FACEBOOK_CLIENT_SECRET!,
      authorization: { params: { scope: 'email,pages_manage_posts' } },
    }),
  ],
};
export default NextAuth(authOptions);
""",
        # What the library asks for by itself, whatever other parameters there are.
        """
import FacebookProvider from 'next-auth/providers/facebook';

export const plain = FacebookProvider({ clientId: '1', clientSecret: '2' });  // # -> facebook-login: email(library)
export const again = FacebookProvider({ clientId: '1', clientSecret: '2', authorization: { params: { auth_type: 'rerequest' } } });  // # -> facebook-login: email(library)
""",
        # A whole address
        """
import FacebookProvider from 'next-auth/providers/facebook';

export const provider = FacebookProvider({
  clientId: '1',
  clientSecret: '2',
  authorization: 'https://www.facebook.com/v24.0/dialog/oauth?scope=email,user_likes',  // # -> facebook-login: email user_likes
});
""",
        # Version 5
        """
import NextAuth from 'next-auth';
import Facebook from 'next-auth/providers/facebook';
import Google from 'next-auth/providers/google';

export const { handlers, auth, signIn, signOut } = NextAuth({
  providers: [Google, Facebook],  // # -> facebook-login: email(library)
});

export async function more() {
  'use server';
  await signIn('facebook', { redirectTo: '/' }, { scope: 'email,pages_show_list' });  // # -> facebook-login: email pages_show_list
  await signIn('google', {}, { scope: 'openid email' });
}
""",
        # Version 3
        """
import Providers from 'next-auth/providers';

export const provider = Providers.Facebook({ clientId: '1', clientSecret: '2', scope: 'email,public_profile' });  // # -> facebook-login: email public_profile
""",
        """
import { signIn } from 'next-auth/react';

export const Login = () => <button onClick={() => signIn('facebook', undefined, { scope: 'email', auth_type: 'rerequest' })} />;  // # -> facebook-login: email
""",
        """
import InstagramProvider from 'next-auth/providers/instagram';
import Threads from '@auth/core/providers/threads';

export const instagram = InstagramProvider({ clientId: '1', clientSecret: '2' });  // # -> instagram-basic-display: user_profile(library)
export const threads = Threads({ clientId: '1', authorization: { params: { scope: 'threads_basic,threads_content_publish' } } });  // # -> threads: threads_basic threads_content_publish
""",
    ],
    "aws-cdk-lib": [
        """
import { UserPoolIdentityProviderFacebook } from 'aws-cdk-lib/aws-cognito';

export const provider = (stack, userPool) => new UserPoolIdentityProviderFacebook(stack, 'Facebook', {  // # -> facebook-login: email public_profile
  clientId: '1', clientSecret: '2', scopes: ['email', 'public_profile'], userPool,
});
""",
    ],
    "better-auth": [
        """
import { betterAuth } from 'better-auth';
import { genericOAuth } from 'better-auth/plugins';

export const auth = betterAuth({
  plugins: [genericOAuth({ config: [
    { providerId: 'google', authorizationUrl: 'https://accounts.google.com/o/oauth2/auth', scopes: ['openid'] },
    { providerId: 'threads', authorizationUrl: 'https://threads.net/oauth/authorize', scopes: ['threads_basic'] },  // # -> threads: threads_basic
  ] })],
});
""",
        """
import { createAuthClient } from 'better-auth/client';

const client = createAuthClient();
client.signIn.oauth2({ providerId: 'threads', scopes: ['threads_content_publish'] });  // # -> threads: threads_content_publish
client.oauth2.link({ providerId: 'facebook', callbackURL: '/', scopes: ['user_posts'] });  // # -> facebook-login: user_posts
""",
        """
import { betterAuth } from 'better-auth';

export const auth = betterAuth({  // # -> facebook-login: email(library) public_profile(library) user_friends
  socialProviders: {
    facebook: { clientId: '1', clientSecret: '2', scope: ['user_friends'], fields: ['user_friends'] },
    google: { clientId: '1', clientSecret: '2', scope: ['email'] },
  },
});
""",
        """
import { betterAuth } from 'better-auth';

export const auth = betterAuth({  // # -> facebook-login: pages_show_list
  socialProviders: { facebook: { clientId: '1', clientSecret: '2', disableDefaultScope: true, scope: ['pages_show_list'] } },
});
""",
        {
            "lib/auth-client.ts": """
import { createAuthClient } from 'better-auth/react';

export const authClient = createAuthClient();
""",
            "app/login.tsx": """
import { authClient } from '../lib/auth-client';

export const facebook = () => authClient.signIn.social({ provider: 'facebook', scopes: ['user_likes'] });  // # -> facebook-login: user_likes
export const link = () => authClient.linkSocial({ provider: 'facebook', scopes: ['user_photos'] });  // # -> facebook-login: user_photos
export const google = () => authClient.signIn.social({ provider: 'google', scopes: ['email'] });
""",
        },
    ],
    "capacitor and Cordova facebook plugins": [
        """
export function login() {
  facebookConnectPlugin.login(['public_profile', 'email'], (data) => console.log(data), console.error);  // # -> facebook-login: email public_profile
  window.facebookConnectPlugin.api('me/?fields=id,birthday', ['user_birthday'], console.log, console.error);  // # -> facebook-login: user_birthday
}
""",
    ],
    "everyauth": [
        """
var everyauth = require('everyauth');

everyauth.facebook
  .appId('1')
  .appSecret('2')
  .scope('email,user_likes')  // # no dialog
  .fields('id,name,email')
  .redirectPath('/');
""".replace("\neveryauth.facebook\n", "\neveryauth.facebook  // # -> facebook-login: email user_likes\n").replace(
            "  // # no dialog", ""
        ),
    ],
    "expo-auth-session": [
        """
import * as Facebook from 'expo-auth-session/providers/facebook';

export default function App() {
  const [request, response, promptAsync] = Facebook.useAuthRequest({  // # -> facebook-login: email(library) public_profile(library) user_photos
    clientId: '1', scopes: ['user_photos'],
  });
}
""",
        """
import { makeRedirectUri, useAuthRequest } from 'expo-auth-session';

const discovery = { authorizationEndpoint: 'https://www.facebook.com/v6.0/dialog/oauth', tokenEndpoint: 'https://graph.facebook.com/v6.0/oauth/access_token' };

export default function App() {
  const [request] = useAuthRequest({ clientId: '1', scopes: ['email', 'user_likes'], redirectUri: makeRedirectUri() }, discovery);  // # -> facebook-login: email user_likes
  const [other] = useAuthRequest({ clientId: '1', scopes: ['email'] }, { authorizationEndpoint: 'https://accounts.google.com/o/oauth2/v2/auth' });
}
""",
    ],
    "expo-facebook": [
        """
import * as Facebook from 'expo-facebook';

export async function logIn() {
  await Facebook.initializeAsync({ appId: '1' });
  return Facebook.logInWithReadPermissionsAsync({ permissions: ['public_profile', 'user_birthday'] });  // # -> facebook-login: public_profile user_birthday
}
""",
        """
import * as Facebook from 'expo-facebook';

export const old = () => Facebook.logInWithReadPermissionsAsync('1', { permissions: ['email'] });  // # -> facebook-login: email
export const bare = () => Facebook.logInWithReadPermissionsAsync();  // # -> facebook-login: email(library) public_profile(library)
""",
    ],
    "Facebook SDK for JavaScript": [
        """
export function login() {
  FB.login(function (response) {  // # -> facebook-login: email user_likes
    console.log(response);
  }, { scope: 'email,user_likes', return_scopes: true });
  window.FB.login((response) => response, { scope: ['pages_show_list', 'business_management'].join(',') });  // # -> facebook-login: business_management pages_show_list
  (window as any).FB?.login(console.log, { scope: 'user_photos', auth_type: 'rerequest' });  // # -> facebook-login: user_photos
  window['FB'].login(console.log, { perms: 'email' });  // # -> facebook-login: email
  FB.login((response) => response);
  FB.ui({ method: 'oauth', scope: 'user_posts', client_id: 1 });  // # -> facebook-login: user_posts
  FB.ui({ method: 'share', href: 'https://example.com', scope: 'email' });
}
""",
        # A configuration stands in the dashboard; Embedded Signup is told by its extras.
        {
            "src/config.js": "export const FB_LOGIN_SCOPES = ['whatsapp_business_management', 'business_management'];\n",
            "src/Connect.jsx": """
import { FB_LOGIN_SCOPES } from './config';

export default function Connect() {
  const connect = () => window.FB.login(done, {  // # -> whatsapp-embedded-signup: business_management whatsapp_business_management open
    config_id: import.meta.env.VITE_CONFIG,
    scope: FB_LOGIN_SCOPES.join(','),
    response_type: 'code',
    extras: { setup: {}, featureType: '', sessionInfoVersion: '3' },
  });
  const business = () => FB.login(done, { config_id: '123', response_type: 'code' });  // # -> facebook-login-for-business: open
  return <button onClick={connect}>WhatsApp {business}</button>;
}
""",
        },
    ],
    "fb": [
        """
const { FB, Facebook } = require('fb');

const url = FB.getLoginUrl({ scope: 'email,user_likes', redirect_uri: 'https://example.com' });  // # -> facebook-login: email user_likes
const own = new Facebook({ appId: '1', scope: 'user_photos' });
exports.login = () => own.getLoginUrl();  // # -> facebook-login: user_photos
""",
    ],
    "fbgraph": [
        """
var graph = require('fbgraph');

app.get('/auth', function (req, res) {
  res.redirect(graph.getOauthUrl({ client_id: '1', redirect_uri: 'https://example.com', scope: 'email, user_about_me' }));  // # -> facebook-login: email user_about_me
});
""",
    ],
    "firebase": [
        """
import { FacebookAuthProvider, GoogleAuthProvider, getAuth, signInWithPopup } from 'firebase/auth';

export const login = () => {
  const provider = new FacebookAuthProvider();
  provider.addScope('user_birthday');  // # -> facebook-login: user_birthday
  provider.setCustomParameters({ display: 'popup' });
  const google = new GoogleAuthProvider();
  google.addScope('email');
  return signInWithPopup(getAuth(), provider);
};
""",
        """
import firebase from 'firebase/app';
import 'firebase/auth';

const provider = new firebase.auth.FacebookAuthProvider();
provider.addScope('pages_show_list');  // # -> facebook-login: pages_show_list
export default provider;
""",
    ],
    "grant": [
        """
var express = require('express');
var grant = require('grant').express();

var app = express();
app.use(grant({
  defaults: { origin: 'http://localhost:3000', transport: 'session' },
  google: { key: '1', secret: '2', scope: ['openid'] },
  facebook: { key: '1', secret: '2', scope: ['email', 'user_likes'] },  // # -> facebook-login: email user_likes
  instagram: { key: '1', secret: '2', scope: 'user_media' },  // # -> instagram-basic-display: user_media
}));
""",
        # Feathers
        """
module.exports = {
  authentication: {
    oauth: {
      redirect: '/',
      facebook: { key: '1', secret: '2', scope: ['email', 'public_profile'] },  // # -> facebook-login: email public_profile
      github: { key: '1', secret: '2', scope: ['user:email'] },
    },
  },
};
""",
    ],
    "hellojs": [
        """
import hello from 'hellojs';

hello.init({ facebook: '1', google: '2' });
export const facebook = () => hello('facebook').login({ scope: 'email,friends' });  // # -> facebook-login: email public_profile(library) user_friends
export const google = () => hello('google').login({ scope: 'email' });
export const files = () => hello.login('facebook', { scope: 'files' });  // # -> facebook-login: public_profile(library) user_photos user_videos
""",
    ],
    "meteor": [
        """
import { Meteor } from 'meteor/meteor';
import { Accounts } from 'meteor/accounts-base';

Accounts.ui.config({ requestPermissions: { facebook: ['user_likes'], github: ['user'] } });  // # -> facebook-login: user_likes
export const login = () => Meteor.loginWithFacebook({ requestPermissions: ['email', 'user_friends'] }, (error) => error);  // # -> facebook-login: email user_friends
export const plain = () => Meteor.loginWithFacebook();  // # -> facebook-login: email(library)
""",
    ],
    "ngx-facebook": [
        """
import { FacebookService, LoginResponse } from 'ngx-facebook';

export class AppComponent {
  constructor(private fb: FacebookService) {
    fb.init({ appId: '1', version: 'v24.0' });
  }

  login(): Promise<LoginResponse> {
    return this.fb.login({ scope: 'email,user_photos', return_scopes: true });  // # -> facebook-login: email user_photos
  }
}
""",
    ],
    "nuxt-auth-utils": [
        """
export default defineOAuthFacebookEventHandler({  // # -> facebook-login: email pages_show_list
  config: { scope: ['email', 'pages_show_list'] },
  async onSuccess(event, { user }) {},
});
""",
    ],
    "openid-client": [
        """
import { Issuer } from 'openid-client';

const facebook = new Issuer({
  issuer: 'https://www.facebook.com',
  authorization_endpoint: 'https://www.facebook.com/v24.0/dialog/oauth',
  token_endpoint: 'https://graph.facebook.com/v24.0/oauth/access_token',
});
const client = new facebook.Client({ client_id: '1', client_secret: '2' });
export const url = client.authorizationUrl({ scope: 'email public_profile' });  // # -> facebook-login: email public_profile

const google = new Issuer({ issuer: 'https://accounts.google.com', authorization_endpoint: 'https://accounts.google.com/o/oauth2/v2/auth' });
export const other = new google.Client({ client_id: '1' }).authorizationUrl({ scope: 'openid email' });
""",
        """
import * as client from 'openid-client';

const config = new client.Configuration(
  { issuer: 'https://www.facebook.com', authorization_endpoint: 'https://www.facebook.com/v24.0/dialog/oauth' }, 'id', 'secret');
export const url = client.buildAuthorizationUrl(config, { redirect_uri: 'https://example.com', scope: 'email,user_likes' });  // # -> facebook-login: email user_likes
""",
    ],
    "passport": [
        """
const passport = require('passport');
const router = require('express').Router();

router.get('/facebook', passport.authenticate('facebook', { scope: ['email', 'pages_show_list'], session: false }));  // # -> facebook-login: email pages_show_list
router.get('/google', passport.authenticate('google', { scope: ['email', 'profile'] }));
router.get('/callback', passport.authenticate('facebook', { failureRedirect: '/login' }));
router.get('/connect', passport.authorize('facebook', { scope: 'user_likes' }));  // # -> facebook-login: user_likes
module.exports = router;
""",
        """
module.exports = function (app, passport) {
  app.get('/auth/facebook', passport.authenticate('facebook', { scope: 'email' }));  // # -> facebook-login: email
  app.get('/auth/twitter', passport.authenticate('twitter', { scope: 'email' }));
};
""",
    ],
    "passport-facebook": [
        """
const passport = require('passport');
const FacebookStrategy = require('passport-facebook').Strategy;
const GoogleStrategy = require('passport-google-oauth20').Strategy;

passport.use(new FacebookStrategy({  // # -> facebook-login: email user_birthday
  clientID: process.env.ID, clientSecret: process.env.SECRET, callbackURL: '/callback',
  scope: ['email', 'user_birthday'], profileFields: ['id', 'emails'],
}, (accessToken, refreshToken, profile, done) => done(null, profile)));
passport.use(new GoogleStrategy({ clientID: '1', scope: ['email'] }, () => {}));
""",
        # NestJS
        """
import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { Strategy } from 'passport-facebook';

@Injectable()
export class FacebookStrategy extends PassportStrategy(Strategy, 'facebook') {
  constructor() {
    super({ clientID: '1', clientSecret: '2', callbackURL: '/', scope: ['email', 'pages_show_list'] });  // # -> facebook-login: email pages_show_list
  }
}
""",
    ],
    "passport-instagram": [
        """
import { Strategy as InstagramStrategy } from 'passport-instagram';

export const strategy = new InstagramStrategy({ clientID: '1', scope: ['user_profile', 'user_media'] }, () => {});  // # -> instagram-basic-display: user_media user_profile
""",
    ],
    "passport-oauth2": [
        """
const OAuth2Strategy = require('passport-oauth2');

module.exports = new OAuth2Strategy({  // # -> facebook-login: email
  authorizationURL: 'https://www.facebook.com/v24.0/dialog/oauth',
  tokenURL: 'https://graph.facebook.com/v24.0/oauth/access_token',
  scope: 'email',
}, () => {});
new OAuth2Strategy({ authorizationURL: 'https://example.com/oauth', scope: 'email facebook' }, () => {});
""",
    ],
    "react-facebook": [
        """
import { FacebookProvider, LoginButton, useLogin } from 'react-facebook';

export function App() {
  const { login } = useLogin();
  const more = () => login({ scope: 'user_likes' });  // # -> facebook-login: user_likes
  return <FacebookProvider appId="1">
    <LoginButton scope="email,user_photos" onSuccess={more}>Login</LoginButton>  // # -> facebook-login: email user_photos
  </FacebookProvider>;
}
""",
    ],
    "react-facebook-login": [
        """
import FacebookLogin from 'react-facebook-login';

export default () => <FacebookLogin appId="1" autoLoad fields="name,email,picture" callback={console.log} />;  // # -> facebook-login: email(library) public_profile(library)
""",
        """
import FacebookLogin from 'react-facebook-login/dist/facebook-login-render-props';

const scope = ['public_profile', 'pages_show_list'].join(',');
export default () => <div><FacebookLogin appId="1" scope={scope} render={(p) => <b onClick={p.onClick} />} /></div>;  // # -> facebook-login: pages_show_list public_profile
""",
    ],
    "react-native-fbsdk-next": [
        """
import { LoginButton, LoginManager } from 'react-native-fbsdk-next';

export const login = () => LoginManager.logInWithPermissions(['public_profile', 'user_friends']).then((result) => result);  // # -> facebook-login: public_profile user_friends
export const Button = () => <LoginButton permissions={['email']} onLoginFinished={() => {}} />;  // # -> facebook-login: email
""",
        """
const FBSDK = require('react-native-fbsdk');
const { LoginManager } = FBSDK;

LoginManager.logInWithReadPermissions(['email']);  // # -> facebook-login: email
LoginManager.logInWithPublishPermissions(['publish_pages']);  // # -> facebook-login: publish_pages
""",
    ],
    "reactjs-social-login": [
        """
import { LoginSocialFacebook, LoginSocialGoogle, LoginSocialInstagram } from 'reactjs-social-login';

export const App = () => <>
  <LoginSocialFacebook appId="1" scope="email,user_gender" onResolve={() => {}} />  // # -> facebook-login: email user_gender
  <LoginSocialGoogle client_id="1" scope="email" onResolve={() => {}} />
  <LoginSocialInstagram client_id="1" onResolve={() => {}} />  // # -> instagram-basic-display: user_media(library) user_profile(library)
</>;
""",
    ],
    "simple-oauth2": [
        """
const { AuthorizationCode } = require('simple-oauth2');

const client = new AuthorizationCode({
  client: { id: '1', secret: '2' },
  auth: { tokenHost: 'https://graph.facebook.com', tokenPath: '/oauth/access_token', authorizeHost: 'https://facebook.com', authorizePath: '/dialog/oauth' },
});
exports.url = client.authorizeURL({ redirect_uri: 'https://example.com', scope: ['email', 'user_likes'] });  // # -> facebook-login: email user_likes

const github = new AuthorizationCode({ client: { id: '1' }, auth: { tokenHost: 'https://github.com', authorizePath: '/login/oauth/authorize' } });
exports.other = github.authorizeURL({ scope: 'notifications' });
""",
    ],
    "vue-facebook-login-component": [
        """
import { h } from 'vue';
import VFacebookLogin from 'vue-facebook-login-component';

export const Login = () => <VFacebookLogin appId="1" loginOptions={{ scope: 'email,user_posts' }} />;  // # -> facebook-login: email user_posts
""",
    ],
    # Without a row of their own: scopes beside the dialog's address.
    "client-oauth2": [
        """
const ClientOAuth2 = require('client-oauth2');

const auth = new ClientOAuth2({  // # -> facebook-login: email user_likes
  clientId: '1',
  accessTokenUri: 'https://graph.facebook.com/oauth/access_token',
  authorizationUri: 'https://www.facebook.com/dialog/oauth',
  scopes: ['email', 'user_likes'],
});
""",
    ],
    "@aws-amplify/backend": [
        """
import { defineAuth, secret } from '@aws-amplify/backend';

export const auth = defineAuth({  // # -> facebook-login: email public_profile
  loginWith: {
    email: true,
    externalProviders: {
      google: { clientId: secret('G'), clientSecret: secret('GS'), scopes: ['profile', 'email', 'openid'] },
      facebook: { clientId: secret('F'), clientSecret: secret('FS'), scopes: ['public_profile', 'email'] },
      callbackUrls: ['http://localhost:3000/'],
      logoutUrls: ['http://localhost:3000/'],
    },
  },
});
""",
        """
import { defineAuth, secret } from '@aws-amplify/backend';

export const auth = defineAuth({  // # -> facebook-login: public_profile(library)
  loginWith: { externalProviders: { facebook: { clientId: secret('F'), clientSecret: secret('FS') }, callbackUrls: [] } },
});
""",
    ],
    "@fastify/oauth2": [
        """
import oauthPlugin from '@fastify/oauth2';

export default async function auth(fastify) {
  fastify.register(oauthPlugin, {  // # -> facebook-login: email user_friends
    name: 'facebookOAuth2',
    scope: ['email', 'user_friends'],
    credentials: { client: { id: '1', secret: '2' }, auth: oauthPlugin.FACEBOOK_CONFIGURATION },
    startRedirectPath: '/login/facebook',
    callbackUri: 'http://localhost:3000/login/facebook/callback',
  });
  fastify.register(oauthPlugin, {
    name: 'googleOAuth2',
    scope: ['profile', 'email'],
    credentials: { client: { id: '1', secret: '2' }, auth: oauthPlugin.GOOGLE_CONFIGURATION },
    startRedirectPath: '/login/google',
  });
}
""",
        {
            "api/facebook.js": """
const oauthPlugin = require('fastify-oauth2');
module.exports = { name: 'facebook', credentials: { client: {}, auth: oauthPlugin.FACEBOOK_CONFIGURATION }, scope: 'email,user_likes' };
""",
            "api/server.js": """
const fastify = require('fastify')();
fastify.register(require('fastify-oauth2'), require('./facebook'));  // # -> facebook-login: email user_likes
""",
        },
    ],
    "@hapi/bell": [
        """
const Bell = require('@hapi/bell');
const Hapi = require('@hapi/hapi');

const start = async () => {
  const server = Hapi.server({ port: 3000 });
  await server.register(Bell);
  server.auth.strategy('facebook', 'bell', { provider: 'facebook', password: 'x', clientId: '1', clientSecret: '2' });  // # -> facebook-login: email(library)
  server.auth.strategy('pages', 'bell', { provider: 'facebook', scope: ['email', 'pages_show_list'] });  // # -> facebook-login: email pages_show_list
  server.auth.strategy('twitter', 'bell', { provider: 'twitter', clientId: '1', clientSecret: '2' });
};
start();
""",
    ],
    "@nuxtjs/auth": [
        {
            "nuxt.config.js": """
export default {
  modules: ['@nuxtjs/axios', '@nuxtjs/auth-next'],
  auth: {
    strategies: {
      local: { token: { property: 'token' } },
      google: { clientId: '1', scope: ['profile', 'email'] },
      facebook: {  // # -> facebook-login: public_profile user_birthday
        endpoints: { userInfo: 'https://graph.facebook.com/v24.0/me?fields=id,name,birthday' },
        clientId: process.env.FACEBOOK_CLIENT_ID,
        scope: ['public_profile', 'user_birthday'],
      },
    },
  },
};
""",
        },
        {
            "nuxt.config.js": """
export default {
  modules: ['@nuxtjs/auth'],
  auth: { strategies: { facebook: { client_id: '1' } } },  // # -> facebook-login: email(library) public_profile(library)
};
""",
        },
    ],
    "appwrite": [
        """
import { Account, Client, OAuthProvider } from 'appwrite';

const account = new Account(new Client().setEndpoint('https://cloud.appwrite.io/v1').setProject('1'));

export const facebook = () => account.createOAuth2Session(OAuthProvider.Facebook, '/', '/', ['user_likes']);  // # -> facebook-login: email(library) user_likes
export const named = () => account.createOAuth2Session({ provider: 'facebook', success: '/', scopes: ['user_posts'] });  // # -> facebook-login: email(library) user_posts
export const plain = () => account.createOAuth2Token('facebook');  // # -> facebook-login: email(library)
export const github = () => account.createOAuth2Session(OAuthProvider.Github, '/', '/', ['repo']);
""",
    ],
    "firebaseui": [
        """
import firebase from 'firebase/compat/app';
import * as firebaseui from 'firebaseui';

const ui = new firebaseui.auth.AuthUI(firebase.auth());
ui.start('#auth', {
  signInOptions: [
    { provider: firebase.auth.GoogleAuthProvider.PROVIDER_ID, scopes: ['https://www.googleapis.com/auth/contacts.readonly'] },
    { provider: firebase.auth.FacebookAuthProvider.PROVIDER_ID, scopes: ['public_profile', 'user_friends'] },  // # -> facebook-login: public_profile user_friends
    firebase.auth.TwitterAuthProvider.PROVIDER_ID,
  ],
});
""",
        """
export const uiConfig = {
  signInOptions: [{ provider: 'facebook.com', scopes: ['email'], customParameters: { auth_type: 'reauthenticate' } }],  // # -> facebook-login: email
};
""",
    ],
    "pocketbase": [
        """
import PocketBase from 'pocketbase';

const pb = new PocketBase('https://example.com');

export const facebook = () => pb.collection('users').authWithOAuth2({ provider: 'facebook', scopes: ['email', 'user_link'] });  // # -> facebook-login: email user_link
export const plain = () => pb.collection('users').authWithOAuth2({ provider: 'facebook' });  // # -> facebook-login: email(library)
export const instagram = () => pb.collection('users').authWithOAuth2({ provider: 'instagram2' });  // # -> instagram-login: instagram_business_basic(library)
export const google = () => pb.collection('users').authWithOAuth2({ provider: 'google', scopes: ['email'] });
""",
    ],
    "remix-auth-facebook": [
        """
import { Authenticator } from 'remix-auth';
import { FacebookStrategy } from 'remix-auth-facebook';

export const authenticator = new Authenticator(sessionStorage);
authenticator.use(new FacebookStrategy({ clientID: '1', clientSecret: '2', callbackURL: '/cb', scope: 'email,user_gender' }, verify));  // # -> facebook-login: email user_gender
authenticator.use(new FacebookStrategy({ clientID: '1', clientSecret: '2', callbackURL: '/cb' }, verify));  // # -> facebook-login: email(library) public_profile(library)
""",
    ],
    "supertokens-node": [
        """
import supertokens from 'supertokens-node';
import ThirdParty from 'supertokens-node/recipe/thirdparty';

supertokens.init({
  recipeList: [
    ThirdParty.init({
      signInAndUpFeature: {
        providers: [
          { config: { thirdPartyId: 'google', clients: [{ clientId: '1', clientSecret: '2', scope: ['openid'] }] } },
          { config: { thirdPartyId: 'facebook', clients: [{ clientId: '1', clientSecret: '2', scope: ['email', 'user_birthday'] }] } },  // # -> facebook-login: email user_birthday
        ],
      },
    }),
  ],
});
""",
        """
import ThirdParty from 'supertokens-node/recipe/thirdparty';

export const old = ThirdParty.Facebook({ clientId: '1', clientSecret: '2', scope: ['email', 'user_photos'] });  // # -> facebook-login: email user_photos
export const plain = { thirdPartyId: 'facebook', clients: [{ clientId: '1', clientSecret: '2' }] };  // # -> facebook-login: email(library)
""",
    ],
}


def files_of(app):
    return {"src/app.tsx": app} if isinstance(app, str) else app


@pytest.mark.parametrize(
    "app",
    [
        pytest.param(app, id=f"{library} {number}")
        for library, apps in APPS.items()
        for number, app in enumerate(apps, 1)
    ],
)
def test_what_a_library_is_asked_for(app, check):
    check(files_of(app))


def libraries():
    rows = tomli.loads((build.DATA / "libraries_javascript.toml").read_text(encoding="utf-8"))["library"]
    return [row for row in rows if any(kind in row for kind in ("request", "setting", "mapping"))]


@pytest.mark.parametrize("library", libraries(), ids=lambda library: library["name"])
def test_each_file_that_asks_passes_the_prefilter_by_a_needle_of_its_library(library):
    assert library["name"] in APPS, "no app of this library"
    for app in APPS[library["name"]]:
        for text in files_of(app).values():
            if "# -> " not in text:
                continue
            plain = re.sub("# -> .*", "", text).lower()
            assert may_matter(plain.encode())
            assert any(needle in plain for needle in library["needles"]), plain
