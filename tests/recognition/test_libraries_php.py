"""Libraries of PHP, in little apps of the kind that people write with them.

The markers are explained in conftest.py. Each app is a PHP file, or several files by their paths.
"""

from __future__ import annotations

import re

import pytest
import tomli

from permlint.recognition import build
from permlint.recognition.prefilter import may_matter

APPS = {
    "Facebook SDK for PHP": [
        """<?php
require_once __DIR__ . '/vendor/autoload.php';

$fb = new Facebook\\Facebook([
    'app_id' => '{app-id}',
    'app_secret' => '{app-secret}',
    'default_graph_version' => 'v19.0',
]);
$helper = $fb->getRedirectLoginHelper();
$permissions = ['email', 'pages_show_list']; // Optional permissions
$loginUrl = $helper->getLoginUrl('https://example.com/fb-callback.php', $permissions); // # -> facebook-login: email pages_show_list
echo '<a href="' . htmlspecialchars($loginUrl) . '">Log in with Facebook!</a>';
""",
        """<?php
namespace App\\Auth;

use Facebook\\Facebook;

final class Login
{
    private const SCOPES = ['email'];
    private array $more = ['pages_show_list'];

    public function __construct(private Facebook $fb)
    {
    }

    public function url(): string
    {
        $scopes = array_merge(self::SCOPES, $this->more);
        $scopes[] = 'pages_manage_posts';
        return $this->fb->getRedirectLoginHelper()->getLoginUrl($this->back(), $scopes); // # -> facebook-login: email pages_show_list pages_manage_posts
    }

    public function again(): string
    {
        return $this->fb->getRedirectLoginHelper()->getReRequestUrl($this->back(), ['email']); // # -> facebook-login: email
    }
}
""",
        """<?php
use Facebook\\FacebookSession;
use Facebook\\FacebookRedirectLoginHelper;

FacebookSession::setDefaultApplication('app', 'secret');
$helper = new FacebookRedirectLoginHelper('https://example.com/');
$url = $helper->getLoginUrl(array('email', 'user_friends')); // # -> facebook-login: email user_friends
""",
        """<?php
require 'facebook-php-sdk/src/facebook.php';
$facebook = new Facebook(array('appId' => 'x', 'secret' => 'y'));
$params = array('redirect_uri' => 'https://example.com/');
$params['scope'] = 'email,user_likes';
$loginUrl = $facebook->getLoginUrl($params); // # -> facebook-login: email user_likes
""",
        """<?php
$fb = new \\Facebook\\Facebook(['app_id' => 'x']);
echo $fb->getRedirectLoginHelper()->getLoginUrl('/', 'email,pages_show_list'); // # -> facebook-login: email pages_show_list mangled
""",
        """<?php
use Facebook\\Facebook;

function client(Facebook $fb): string
{
    return $fb->getOAuth2Client()->getAuthorizationUrl('/', 'state', ['email'], ['config_id' => '1']); // # -> facebook-login: email open
}
""",
    ],
    "Hybridauth": [
        """<?php
$config = [
    'callback' => 'https://example.com/hybridauth',
    'providers' => [
        'Google' => ['enabled' => true, 'keys' => ['id' => '', 'secret' => ''], 'scope' => 'profile'],
        'Facebook' => ['enabled' => true, 'keys' => ['id' => '', 'secret' => ''], 'scope' => 'email, pages_show_list'],
    ],
];
$hybridauth = new Hybridauth\\Hybridauth($config); // # -> facebook-login: email pages_show_list
""",
        """<?php
use Hybridauth\\Provider\\Facebook;
$adapter = new Facebook(['callback' => '/', 'keys' => ['id' => '1', 'secret' => '2']]); // # -> facebook-login: email(library) public_profile(library)
$adapter->authenticate();
""",
        {
            "config/hybridauth.php": """<?php
return ['providers' => ['Facebook' => ['scope' => ['email', 'user_photos'][0]]]];
""",
            "login.php": """<?php
$auth = new Hybrid_Auth(require __DIR__ . '/config/hybridauth.php'); // # -> facebook-login: email
$auth->authenticate('Facebook');
""",
        },
        """<?php
$config = ['providers' => ['Instagram' => ['enabled' => true, 'keys' => ['id' => '', 'secret' => '']]]];
$hybridauth = new Hybridauth\\Hybridauth($config); // # -> instagram-basic-display: user_media(library) user_profile(library)
""",
        """<?php
use Hybridauth\\Provider\\Instagram;
$adapter = new Instagram(['scope' => 'instagram_business_basic']); // # -> instagram-login: instagram_business_basic
""",
    ],
    "KnpUOAuth2ClientBundle": [
        """<?php
namespace App\\Controller;

use KnpU\\OAuth2ClientBundle\\Client\\ClientRegistry;
use Symfony\\Component\\Routing\\Attribute\\Route;

class FacebookController extends AbstractController
{
    #[Route('/connect/facebook', name: 'connect_facebook_start')]
    public function connectAction(ClientRegistry $clientRegistry)
    {
        return $clientRegistry // # -> facebook-login: public_profile email
            ->getClient('facebook_main')
            ->redirect(['public_profile', 'email'], []);
    }
}
""",
        """<?php
use KnpU\\OAuth2ClientBundle\\Client\\Provider\\FacebookClient;

function start(FacebookClient $client)
{
    return $client->redirect([]); // # -> facebook-login: public_profile(library) email(library)
}
""",
    ],
    "Laravel Facebook SDK": [
        """<?php
use SammyK\\LaravelFacebookSdk\\LaravelFacebookSdk;
Route::get('/login', function (LaravelFacebookSdk $fb) {
    $url = $fb->getLoginUrl(['email', 'user_events']); // # -> facebook-login: email user_events
    return view('login', compact('url'));
});
""",
    ],
    "Laravel Socialite": [
        """<?php
namespace App\\Http\\Controllers;

use Laravel\\Socialite\\Facades\\Socialite;

class LoginController extends Controller
{
    public function redirect()
    {
        return Socialite::driver('facebook')->scopes(['pages_show_list', 'business_management'])->redirect(); // # -> facebook-login: email(library) pages_show_list business_management
    }

    public function only()
    {
        return Socialite::driver('facebook')->fields(['name', 'email'])->setScopes(['user_photos'])->stateless()->redirect(); // # -> facebook-login: user_photos
    }

    public function plain()
    {
        return Socialite::driver('facebook')->redirect(); // # -> facebook-login: email(library)
    }

    public function google()
    {
        return Socialite::driver('google')->scopes(['openid'])->redirect();
    }

    public function threads()
    {
        return Socialite::driver('threads')->scopes(['threads_content_publish'])->redirect(); // # -> threads: threads_basic(library) threads_content_publish
    }

    public function old()
    {
        return Socialite::driver('instagrambasic')->redirect(); // # -> instagram-basic-display: user_profile(library)
    }
}
""",
        {
            "app/Http/Controllers/Login.php": """<?php
namespace App\\Http\\Controllers;

use Socialite;

class Login
{
    public function facebook()
    {
        return Socialite::driver('facebook')->setScopes(config('services.facebook.scopes'))->redirect(); // # -> facebook-login: email pages_show_list
    }

    public function instagram()
    {
        return Socialite::driver('instagram')->scopes(explode(',', env('IG_SCOPES', 'instagram_business_basic')))->redirect(); // # -> instagram-login: instagram_business_basic (maybe) instagram_business_basic (maybe) instagram_business_content_publish (maybe) incomplete
    }
}
""",
            "config/services.php": """<?php

return [
    'facebook' => [
        'client_id' => env('FACEBOOK_CLIENT_ID'),
        'scopes' => ['email', 'pages_show_list'],
    ],
];
""",
            ".env": "IG_SCOPES=instagram_business_basic,instagram_business_content_publish\n",
        },
    ],
    "league/oauth2-facebook": [
        """<?php
session_start();
$provider = new \\League\\OAuth2\\Client\\Provider\\Facebook([
    'clientId' => '{facebook-app-id}',
    'graphApiVersion' => 'v2.10',
]);
$authUrl = $provider->getAuthorizationUrl([ // # -> facebook-login: email pages_show_list
    'scope' => ['email', 'pages_show_list'],
]);
$other = $provider->getAuthorizationUrl(); // # -> facebook-login: public_profile(library) email(library)
""",
    ],
    "league/oauth2-instagram": [
        """<?php
use League\\OAuth2\\Client\\Provider\\Instagram;
$provider = new Instagram(['clientId' => 'x']);
header('Location: ' . $provider->getAuthorizationUrl(['scope' => ['user_profile', 'user_media']])); // # -> instagram-basic-display: user_profile user_media
""",
    ],
    "Yii authclient": [
        """<?php
return [
    'components' => [
        'authClientCollection' => [
            'class' => 'yii\\authclient\\Collection',
            'clients' => [
                'facebook' => [ // # -> facebook-login: email pages_show_list
                    'class' => 'yii\\authclient\\clients\\Facebook',
                    'clientId' => 'x',
                    'scope' => 'email pages_show_list',
                ],
            ],
        ],
    ],
];
""",
        """<?php
use yii\\authclient\\clients\\Facebook;
return ['clients' => ['facebook' => ['class' => Facebook::class, 'clientId' => 'x']]]; // # -> facebook-login: email(library)
""",
    ],
    "": [
        """<?php
// The address of the dialog, put together by hand.
define('FB_VERSION', 'v19.0');
const FB_SCOPES = ['email', 'pages_show_list'];
$query = http_build_query([
    'client_id' => getenv('FB_ID'),
    'redirect_uri' => 'https://example.com/cb',
    'scope' => implode(',', FB_SCOPES),
]);
header('Location: ' . sprintf('https://www.facebook.com/%s/dialog/oauth?%s', FB_VERSION, $query)); // # -> facebook-login: email pages_show_list
exit;
""",
        """<?php
$url = add_query_arg(array('client_id' => '1', 'scope' => 'email,pages_show_list'), 'https://www.facebook.com/v19.0/dialog/oauth'); // # -> facebook-login: email pages_show_list
wp_redirect(esc_url_raw($url));
""",
        {
            "config.php": "<?php\ndefine('APP_SCOPE', 'email,pages_show_list');\n",
            "login.php": """<?php
require_once dirname(__FILE__) . '/config.php';
$url = "https://www.facebook.com/v19.0/dialog/oauth?client_id={$id}&scope=" . APP_SCOPE; // # -> facebook-login: email pages_show_list
""",
        },
        {
            "wp-config.php": "<?php\ndefine( 'MY_FB_SCOPE', 'email' );\n",
            "plugin/login.php": """<?php
class My_Login {
    public function url() {
        return 'https://www.facebook.com/dialog/oauth?client_id=1&scope=' . MY_FB_SCOPE; // # -> facebook-login: email
    }
}
""",
        },
        """<?php
$provider = new \\League\\OAuth2\\Client\\Provider\\GenericProvider([ // # -> facebook-login: email pages_show_list
    'urlAuthorize' => 'https://www.facebook.com/v19.0/dialog/oauth',
    'scopes' => 'email,pages_show_list',
]);
""",
        """<?php
$permissions = ['email'];
$url = "https://www.facebook.com/dialog/oauth?client_id=1&scope=" . implode(',', $permissions); // # -> facebook-login: email
echo "<a href='" . $url . "'>Log in</a>";
""",
    ],
}
CASES = [
    pytest.param(app, id=f"{name or 'by hand'} {number}")
    for name, apps in APPS.items()
    for number, app in enumerate(apps)
]


@pytest.mark.parametrize("app", CASES)
def test_what_the_library_asks_for(check, app):
    check({"app.php": app} if isinstance(app, str) else app)


def rows():
    found = tomli.loads((build.DATA / "libraries_php.toml").read_text(encoding="utf-8"))["library"]
    return [row for row in found if "request" in row or "mapping" in row]


def test_every_library_has_its_app():
    assert {row["name"] for row in rows()} == set(APPS) - {""}


@pytest.mark.parametrize("library", rows(), ids=lambda library: library["name"])
def test_each_file_that_asks_passes_the_prefilter_by_a_needle_of_its_library(library):
    for app in APPS[library["name"]]:
        for path, text in ({"app.php": app} if isinstance(app, str) else app).items():
            plain = re.sub("# -> .*", "", text).lower()
            if "# -> " in text:
                assert may_matter(plain.encode()), path
                assert any(needle in plain for needle in library["needles"]), plain


def test_a_copy_of_the_sdk_in_the_project_counts_as_the_library(requests_of):
    files = {
        "lib/Facebook/Facebook.php": "<?php\nnamespace Facebook;\nclass Facebook { public function getRedirectLoginHelper() {} }\n",
        "login.php": (
            "<?php\nrequire 'lib/Facebook/autoload.php';\n$fb = new Facebook\\Facebook([]);\n"
            "$fb->getRedirectLoginHelper()->getLoginUrl('/', ['email', 'pages_show_list']);\n"
        ),
    }
    assert [scope.text for request in requests_of(files) for scope in request.scopes] == ["email", "pages_show_list"]


def test_scopes_are_where_they_stand(requests_of):
    head = "<?php\r\n\t$é = '😀'; $s = ['email', \"pages_show\\x5flist\"];\r\n"
    text = f"{head}$u = 'https://www.facebook.com/dialog/oauth?client_id=1&scope=' . join(',', $s);\r\n"
    (request,) = requests_of({"a.php": text})
    places = [(s.text, s.place.line, s.place.column, s.place.end_column) for s in request.scopes]
    assert places == [("email", 2, 19, 24), ("pages_show_list", 2, 28, 46)]


PROVIDER = """<?php
namespace App\\Http\\Controllers;

use Laravel\\Socialite\\Facades\\Socialite;

class SocialController extends Controller
{
    public function redirect(string $provider)
    {
        return Socialite::driver($provider)->setScopes($this->scopes($provider))->redirect();MARK
    }

    private function scopes(string $provider): array
    {
        return match ($provider) {
            'facebook' => ['email', 'pages_show_list'],
            'google' => ['openid', 'profile'],
            default => ['email'],
        };
    }
}
"""


def test_a_provider_that_is_an_argument_asks_for_what_the_code_says_of_it(check):
    check({"app.php": PROVIDER.replace("MARK", " // # -> facebook-login: email pages_show_list")})


def test_what_any_provider_is_asked_for_says_nothing_of_this_one(check):
    check({"app.php": PROVIDER.replace("MARK", "").replace("'facebook'", "'twitter'") + "// facebook\n"})
