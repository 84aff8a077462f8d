"""Libraries of Dart, Swift, Objective-C and Ruby, in little apps of the kind that people write with them.

The markers are explained in conftest.py. Each app is the language's ending and a file, or several files by their paths.
"""

from __future__ import annotations

import re

import pytest
import tomli

from permlint.recognition import build
from permlint.recognition.prefilter import may_matter

TABLES = ("libraries_apple.toml", "libraries_dart.toml", "libraries_ruby.toml")

APPS = {
    "facebook-ios-sdk": [
        (
            "swift",
            """
import FBSDKLoginKit
import UIKit

class LoginViewController: UIViewController, LoginButtonDelegate {
    @IBOutlet weak var facebookButton: FBLoginButton!
    private let manager = LoginManager()
    let first = FBLoginButton(frame: .zero, permissions: [.publicProfile, .userLikes])  // # -> facebook-login: public_profile user_likes

    override func viewDidLoad() {
        super.viewDidLoad()
        facebookButton.permissions = ["public_profile", "email"]  // # -> facebook-login: public_profile email
        facebookButton.delegate = self
        let own = FBLoginButton()
        own.permissions = Self.scopes  // # -> facebook-login: email pages_show_list
        view.addSubview(own)
    }

    static let scopes = ["email", "pages_show_list"]

    @IBAction func login(_ sender: UIButton) {
        manager.logIn(permissions: LoginViewController.scopes, from: self) { [weak self] result, error in  // # -> facebook-login: email pages_show_list
            guard let self, error == nil, let result, !result.isCancelled else { return }
            switch result.token {
            case .none: break
            default: self.more()
            }
        }
    }

    func more() {
        LoginManager().logIn(permissions: [.publicProfile, .custom("pages_show_list")], viewController: self) { result in  // # -> facebook-login: public_profile pages_show_list
            if case .success(let granted, _, let token) = result { print(granted, token as Any) }
        }
        LoginManager().logOut()
    }

    func limited() {
        guard let configuration = LoginConfiguration(permissions: ["email"], tracking: .limited, nonce: "1") else { return }  // # -> facebook-login: email
        LoginManager().logIn(configuration: configuration) { _ in }
    }
}
""",
        ),
        # Scopes of an enumeration of the app's own, in another file.
        {
            "App/Model/Scopes.swift": """
enum MetaScope: String, CaseIterable {
    case email
    case pages = "pages_show_list", likes = "user_likes"

    static let basic: [MetaScope] = [.email, .likes]
}

struct Settings {
    static let scopes = MetaScope.allCases.map { $0.rawValue }
}
""",
            "App/Login/Login.swift": """
import FacebookLogin

final class Login {
    let scopes: [String]

    init(scopes: [String] = Settings.scopes) {
        self.scopes = scopes
    }

    func start(from controller: UIViewController) {
        LoginManager().logIn(permissions: scopes, from: controller) { _, _ in }  // # -> facebook-login: email pages_show_list user_likes; facebook-login: email user_likes
    }
}

func begin() {
    Login().start(from: UIViewController())
    Login(scopes: MetaScope.basic.map(\\.rawValue)).start(from: UIViewController())
}
""",
        },
        # The SDK's older names, and SwiftUI.
        (
            "swift",
            """
import FacebookCore
import FacebookLogin
import SwiftUI

struct FacebookButton: UIViewRepresentable {
    func makeUIView(context: Context) -> FBLoginButton {
        let button = FBLoginButton()
        button.permissions = ["email"]  // # -> facebook-login: email
        return button
    }
    func updateUIView(_ uiView: FBLoginButton, context: Context) {}
}

struct ContentView: View {
    @State private var shown = false
    var body: some View {
        VStack {
            Button("user_photos") { login() }
            Text("email")
        }
    }
    func login() {
        let manager = LoginManager()
        manager.logIn(readPermissions: [.publicProfile, .email, ReadPermission.custom("user_posts")], viewController: nil) { _ in }  // # -> facebook-login: public_profile email user_posts
        manager.logIn(publishPermissions: [.publishPages], viewController: nil) { _ in }  // # -> facebook-login: publish_pages
        manager.logIn(withReadPermissions: ["user_friends"], from: nil) { _, _ in }  // # -> facebook-login: user_friends
        let button = LoginButton(readPermissions: [.email])  // # -> facebook-login: email
        _ = button
    }
}
""",
        ),
    ],
    "facebook-ios-sdk, Objective-C": [
        (
            "m",
            """
#import "LoginViewController.h"
#import <FBSDKLoginKit/FBSDKLoginKit.h>

#define kPublish @"publish_pages"
static NSString *const kPages = @"pages_show_list";

@interface LoginViewController () <FBSDKLoginButtonDelegate>
@property (weak, nonatomic) IBOutlet FBSDKLoginButton *outlet;
@property (nonatomic, strong) NSArray *permissions;
@end

@implementation LoginViewController

- (NSArray *)permissions {
    if (!_permissions) {
        _permissions = @[@"public_profile", kPages];
    }
    return _permissions;
}

- (void)viewDidLoad {
    [super viewDidLoad];
    FBSDKLoginButton *loginButton = [[FBSDKLoginButton alloc] init];
    loginButton.readPermissions = @[@"public_profile",  // # -> facebook-login: public_profile email
                                    @"email"];
    loginButton.delegate = self;
    [self.outlet setPublishPermissions:@[kPublish]];  // # -> facebook-login: publish_pages
    self.outlet.permissions = self.permissions;  // # -> facebook-login: public_profile pages_show_list
}

- (IBAction)login:(id)sender {
    FBSDKLoginManager *login = [FBSDKLoginManager new];
    [login logInWithPermissions:@[@"public_profile", @"email"]  // # -> facebook-login: public_profile email
             fromViewController:self
                        handler:^(FBSDKLoginManagerLoginResult *result, NSError *error) {
        if (error) {
            NSLog(@"user_photos %@", error);
        } else if (!result.isCancelled) {
            [self more];
        }
    }];
}

- (void)more {
    NSMutableArray *wanted = [NSMutableArray arrayWithObjects:@"email", nil];
    [wanted addObject:@"user_friends"];
    [[[FBSDKLoginManager alloc] init] logInWithReadPermissions:wanted handler:nil];  // # -> facebook-login: email user_friends
    FBSDKLoginConfiguration *configuration = [[FBSDKLoginConfiguration alloc] initWithPermissions:@[@"email"] tracking:FBSDKLoginTrackingLimited];  // # -> facebook-login: email
    [[FBSDKLoginManager new] logInFromViewController:self configuration:configuration completion:nil];
}

@end
""",
        ),
        # The first SDK, and constants and properties of headers.
        {
            "App/Constants.h": """
#import <Foundation/Foundation.h>
extern NSString * const kReadFriends;
#define FB_SCOPES @[@"email", kReadFriends]
""",
            "App/Constants.m": """
#import "Constants.h"
NSString * const kReadFriends = @"user_friends";
""",
            "App/Session.h": """
#import <UIKit/UIKit.h>
@interface Session : NSObject
@property (nonatomic, strong) FBSDKLoginManager *manager;
- (instancetype)initWithScopes:(NSArray *)scopes allowUI:(BOOL)allowUI;
- (void)open;
@end
""",
            "App/Session.m": """
#import "Session.h"
#import "Constants.h"
#import <FacebookSDK/FacebookSDK.h>

@implementation Session {
    NSArray *_scopes;
}

- (instancetype)initWithScopes:(NSArray *)scopes allowUI:(BOOL)allowUI {
    self = [super init];
    if (self) {
        _scopes = [scopes arrayByAddingObject:@"user_likes"];
    }
    return self;
}

- (void)open {
    [FBSession openActiveSessionWithReadPermissions:_scopes allowLoginUI:YES completionHandler:^(FBSession *session, FBSessionState state, NSError *error) {}];  // # -> facebook-login: email user_friends user_likes
    [self.manager logInWithPermissions:@[@"email"] fromViewController:nil handler:nil];  // # -> facebook-login: email
}

@end

void OpenSession(void) {
    [[[Session alloc] initWithScopes:FB_SCOPES allowUI:YES] open];
}
""",
        },
    ],
    "FirebaseUI-iOS": [
        (
            "swift",
            """
import FirebaseFacebookAuthUI

let providers: [FUIAuthProvider] = [
    FUIGoogleAuth(authUI: authUI),
    FUIFacebookAuth(authUI: authUI),  // # -> facebook-login: email(library)
    FUIFacebookAuth(authUI: authUI, permissions: ["email", "user_age_range"]),  // # -> facebook-login: email user_age_range
]
let swift = FacebookProviderSwift(scopes: ["email", "user_link"])  // # -> facebook-login: email user_link
let plain = FacebookProviderSwift()  // # -> facebook-login: email(library) public_profile(library)
""",
        ),
    ],
    "Auth0.swift": [
        (
            "swift",
            """
import Auth0

func login() {
    Auth0.webAuth().connection("facebook").connectionScope("email user_friends").start { result in }  // # -> facebook-login: email user_friends
    Auth0.webAuth().connection("google-oauth2").connectionScope("email").start { result in }
}
""",
        ),
    ],
    "Parse (PFFacebookUtils)": [
        (
            "swift",
            """
import Parse

PFFacebookUtils.logInInBackground(withReadPermissions: ["public_profile", "email"]) { user, error in }  // # -> facebook-login: public_profile email
PFFacebookUtils.linkUser(inBackground: user, withReadPermissions: ["user_friends"]) { ok, error in }  // # -> facebook-login: user_friends
""",
        ),
    ],
    "appwrite": [
        (
            "dart",
            """
import 'package:appwrite/appwrite.dart';
import 'package:appwrite/enums.dart';

class Auth {
  final account = Account(Client().setProject('1'));

  Future<void> facebook() async {
    await account.createOAuth2Session(provider: OAuthProvider.facebook, scopes: ['user_likes']);  // # -> facebook-login: email(library) user_likes
    await account.createOAuth2Session(provider: 'facebook');  // # -> facebook-login: email(library)
    await account.createOAuth2Session(provider: OAuthProvider.github);
  }
}
""",
        ),
    ],
    "firebase_auth": [
        (
            "dart",
            """
import 'package:firebase_auth/firebase_auth.dart';

class AuthService {
  final FirebaseAuth _auth = FirebaseAuth.instance;

  Future<UserCredential> web() async {
    final provider = FacebookAuthProvider();
    provider.addScope('email');  // # -> facebook-login: email
    provider.setCustomParameters({'display': 'popup'});
    return await _auth.signInWithPopup(provider);
  }

  Future<UserCredential> cascade() {
    final provider = FacebookAuthProvider()
      ..addScope('pages_show_list') // # -> facebook-login: pages_show_list
      ..setCustomParameters({'display': 'popup'});
    return _auth.signInWithRedirect(provider);
  }

  Future<UserCredential> google() {
    final provider = GoogleAuthProvider()..addScope('email');
    return _auth.signInWithPopup(provider);
  }

  Future<UserCredential> token(String token) => _auth.signInWithCredential(FacebookAuthProvider.credential(token));
}
""",
        ),
    ],
    "flutter_facebook_auth": [
        (
            "dart",
            """
import 'package:flutter/material.dart';
import 'package:flutter_facebook_auth/flutter_facebook_auth.dart';

class LoginPage extends StatefulWidget {
  const LoginPage({super.key});
  @override
  State<LoginPage> createState() => _LoginPageState();
}

class _LoginPageState extends State<LoginPage> {
  Map<String, dynamic>? _user;

  Future<void> _login() async {
    final LoginResult result = await FacebookAuth.instance.login(  // # -> facebook-login: email(library) public_profile(library)
      loginBehavior: LoginBehavior.webOnly,
    );
    if (result.status == LoginStatus.success) {
      final data = await FacebookAuth.i.getUserData(fields: "name,email");
      setState(() => _user = data);
    }
  }

  @override
  Widget build(BuildContext context) {
    return Column(children: [
      ElevatedButton(onPressed: _login, child: const Text('email')),
      TextButton(
        onPressed: () async {
          await FacebookAuth.i.login(permissions: const ['email', 'user_photos']); // # -> facebook-login: email user_photos
        },
        child: Text(_user?['name'] ?? 'user_photos'),
      ),
    ]);
  }
}
""",
        ),
        {
            "lib/config/scopes.dart": """
class MetaScopes {
  static const basic = <String>['email', 'public_profile'];
  static const List<String> pages = [...basic, 'pages_show_list'];
  MetaScopes._();
}

const kInstagram = ['instagram_basic'];
""",
            "lib/config/all.dart": """
export 'scopes.dart';
""",
            "lib/services/login.dart": """
import 'package:app/config/all.dart';
import 'package:flutter_facebook_auth/flutter_facebook_auth.dart' as fb;
import '../config/scopes.dart';

class Login {
  Login({List<String>? scopes}) : _scopes = scopes ?? MetaScopes.pages;
  final List<String> _scopes;

  Future<void> run({bool instagram = false}) async {
    final wanted = [..._scopes, if (instagram) ...kInstagram];
    await fb.FacebookAuth.instance.login(permissions: wanted); // # -> facebook-login: email public_profile pages_show_list instagram_basic(maybe)
  }
}

void main() => Login().run(instagram: DateTime.now().day > 3);
""",
        },
        # The plugin handed in from outside, and a list that grows.
        (
            "dart",
            """
import 'package:flutter_facebook_auth/flutter_facebook_auth.dart';

List<String> scopesFor(String kind) {
  final scopes = <String>['email'];
  if (kind == 'pages') {
    scopes.addAll(['pages_show_list', 'pages_read_engagement']);
  }
  return scopes;
}

Future<LoginResult> login() {
  final auth = FacebookAuth.instance;
  return auth.login(permissions: scopesFor('pages').toSet().toList()); // # -> facebook-login: email pages_show_list pages_read_engagement
}
""",
        ),
    ],
    "flutter_facebook_login": [
        (
            "dart",
            """
import 'package:flutter_facebook_login/flutter_facebook_login.dart';

class Auth {
  static final FacebookLogin facebookSignIn = new FacebookLogin();

  Future<Null> _login() async {
    final FacebookLoginResult result = await facebookSignIn.logIn(['email', 'user_friends']); // # -> facebook-login: email user_friends
    switch (result.status) {
      case FacebookLoginStatus.loggedIn:
        break;
      default:
        await facebookSignIn.logInWithReadPermissions(['email']); // # -> facebook-login: email
    }
  }
}
""",
        ),
    ],
    "flutter_login_facebook": [
        (
            "dart",
            """
import 'package:flutter_login_facebook/flutter_login_facebook.dart';

final fb = FacebookLogin();

Future<void> login() async {
  final res = await fb.logIn(permissions: [ // # -> facebook-login: public_profile email pages_show_list
    FacebookPermission.publicProfile,
    FacebookPermission.email,
    FacebookPermission.pagesShowList,
  ]);
  await fb.logIn(); // # -> facebook-login: public_profile(library)
  await fb.logIn(permissions: [FacebookPermission.email], customPermissions: ['pages_manage_posts']); // # -> facebook-login: email pages_manage_posts
}
""",
        ),
    ],
    "fb_graph": [
        (
            "rb",
            """
fb_auth = FbGraph2::Auth.new('1', '2')
redirect_to fb_auth.authorization_uri(scope: [:email, :user_friends])  # -> facebook-login: email user_friends
client = FbGraph::Auth.new('1', '2').client
client.authorization_uri(scope: 'email,user_likes')  # -> facebook-login: email user_likes
FbGraph::Auth.new('1', '2').authorize_uri('https://apps.facebook.com/app', scope: [:user_photos])  # -> facebook-login: user_photos
""",
        ),
    ],
    "koala": [
        {
            "app/models/concerns/meta/scopes.rb": """
# frozen_string_literal: true

module Meta
  module Scopes
    BASIC = %i[email public_profile].freeze
    PAGES = (BASIC + %w[pages_show_list]).freeze

    def self.with(*more)
      list = PAGES.dup
      more.each { |name| list << name.to_s }
      list.join(',')
    end
  end
end
""",
            "app/controllers/sessions_controller.rb": """
class SessionsController < ApplicationController
  before_action :authenticate, only: %i[more]

  def new
    redirect_to oauth.url_for_oauth_code(permissions: Meta::Scopes::PAGES)  # -> facebook-login: email public_profile pages_show_list
  end

  def more
    redirect_to oauth.url_for_oauth_code(:permissions => Meta::Scopes.with(:user_likes))  # -> facebook-login: email public_profile pages_show_list user_likes
  end

  def text
    wanted = 'email'
    wanted += ',user_photos' if params[:photos]
    url_for(oauth, permissions: wanted)
  end

  private

  def url_for(client, options = {})
    client.url_for_oauth_code(options.merge(callback: root_url))  # -> facebook-login: email(maybe) user_photos(maybe)
  end

  def oauth
    @oauth ||= Koala::Facebook::OAuth.new(ENV['FB_ID'], ENV.fetch('FB_SECRET'), callback_url)
  end
end
""",
        },
    ],
    "omniauth-facebook": [
        (
            "rb",
            """
Rails.application.config.middleware.use OmniAuth::Builder do
  provider :developer unless Rails.env.production?
  provider :facebook, ENV['APP_ID'], ENV['APP_SECRET'],  # -> facebook-login: email user_birthday
           scope: 'email,user_birthday', display: 'popup'
  provider :facebook, 'a', 'b', { :scope => "email,#{MORE}", :image_size => 'large' }  # -> facebook-login: email open unresolved
  provider :google_oauth2, 'a', 'b', scope: 'email'
end
""",
        ),
        (
            "rb",
            """
Devise.setup do |config|
  config.mailer_sender = 'email'
  config.omniauth :facebook, 'id', 'secret', callback_url: 'https://example.com'  # -> facebook-login: email(library)
  config.omniauth :facebook, 'id', 'secret', scope: %w[email pages_show_list].join(',')  # -> facebook-login: email pages_show_list
  config.omniauth :twitter, 'id', 'secret', scope: 'email'
end
""",
        ),
        # A strategy of one's own, and the dialog's address by hand.
        (
            "rb",
            """
module OmniAuth
  module Strategies
    class OwnFacebook < OmniAuth::Strategies::OAuth2
      VERSION = 'v24.0'
      option :scope, 'email,user_friends'
      option :client_options, {  # -> facebook-login: email user_friends
        site: "https://graph.facebook.com/#{VERSION}",
        authorize_url: "https://www.facebook.com/#{VERSION}/dialog/oauth"
      }
    end
  end
end
""".replace("  # -> facebook-login: email user_friends\n", "\n").replace(
                "OmniAuth::Strategies::OAuth2\n",
                "OmniAuth::Strategies::OAuth2  # -> facebook-login: email user_friends\n",
            ),
        ),
        (
            "rb",
            """
class Login
  SCOPES = %w(email pages_show_list).freeze

  def url
    query = { client_id: 1, redirect_uri: 'a', scope: SCOPES.join(',') }.to_query
    "https://www.facebook.com/v24.0/dialog/oauth?#{query}"  # -> facebook-login: email pages_show_list
  end

  def client_url
    client = OAuth2::Client.new('1', '2', site: 'https://graph.facebook.com', authorize_url: 'https://www.facebook.com/v24.0/dialog/oauth')
    client.auth_code.authorize_url(redirect_uri: 'a', scope: 'email,user_likes')  # -> facebook-login: email user_likes
  end
end
""",
        ),
    ],
    "omniauth-instagram": [
        (
            "rb",
            """
use OmniAuth::Builder do
  provider :instagram, 'a', 'b', scope: 'user_profile,user_media'  # -> instagram-basic-display: user_profile user_media
end
""",
        ),
    ],
    "sorcery": [
        (
            "rb",
            """
Rails.application.config.sorcery.configure do |config|
  config.external_providers = [:facebook, :google]
  config.facebook.scope = "email,user_likes"  # -> facebook-login: email user_likes
  config.google.scope = "email"
end
""",
        ),
    ],
    "supabase_flutter": [
        (
            "dart",
            """
import 'package:supabase_flutter/supabase_flutter.dart';

final supabase = Supabase.instance.client;

Future<void> signInWithFacebook() async {
  await supabase.auth.signInWithOAuth( // # -> facebook-login: email(library) pages_show_list
    OAuthProvider.facebook,
    redirectTo: 'my.scheme://callback',
    scopes: 'pages_show_list',
  );
}

Future<void> older() => Supabase.instance.client.auth.signInWithOAuth(Provider.facebook); // # -> facebook-login: email(library)

Future<void> google() => supabase.auth.signInWithOAuth(OAuthProvider.google, scopes: 'email');
""",
        ),
    ],
}


def files_of(app):
    return app if isinstance(app, dict) else {f"app.{app[0]}": app[1]}


def libraries():
    for table in TABLES:
        for row in tomli.loads((build.DATA / table).read_text(encoding="utf-8"))["library"]:
            if any(kind in row for kind in ("request", "setting", "mapping")):
                yield row


@pytest.mark.parametrize(
    "app", [pytest.param(app, id=f"{name} {number}") for name, apps in APPS.items() for number, app in enumerate(apps)]
)
def test_what_a_library_is_asked_for(app, check):
    check(files_of(app))


@pytest.mark.parametrize("library", list(libraries()), ids=lambda library: library["name"])
def test_each_file_that_asks_is_read_and_holds_a_needle_of_its_library(library):
    apps = [app for name, more in APPS.items() if name.partition(",")[0] == library["name"] for app in more]
    assert apps, "no app of this library"
    texts = [text for app in apps for text in files_of(app).values() if "# -> " in text]
    for text in [re.sub("# -> .*", "", text).lower() for text in texts]:
        assert any(needle in text for needle in library["needles"]), text
        assert may_matter(text.encode()), text


def test_a_constant_of_a_library_stands_where_it_is_named(check):
    (request,) = check({"a.dart": """
import 'package:flutter_login_facebook/flutter_login_facebook.dart';
final t = FacebookLogin().logIn(permissions: const [/* 🎉 */ FacebookPermission.userLikes]); // # -> facebook-login: user_likes
"""})  # fmt: skip
    (scope,) = request.scopes
    line = "final t = FacebookLogin().logIn(permissions: const [/* 🎉 */ FacebookPermission.userLikes]);"
    assert (scope.place.line, scope.place.column) == (3, line.index("userLikes") + 1)
    assert scope.place.end_column == scope.place.column + len("userLikes")
