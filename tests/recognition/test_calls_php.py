"""Calls of the Graph API in PHP; the markers are explained in conftest.py."""

from __future__ import annotations

import pytest

CLIENTS = {
    "Facebook SDK 5": """<?php
$fb = new Facebook\\Facebook(['app_id' => 'x', 'default_graph_version' => 'v19.0']);
$response = $fb->get('/me?fields=id,name', $token); // # => GET /me [id,name] version=v19.0
$fb->post("/{$page['id']}/feed", ['message' => 'hi'], $token); // # => POST /{}/feed sends=message
$fb->delete('/12_3', [], $token); // # => DELETE /12_3
$fb->sendRequest('GET', '/' . $id . '/picture', ['redirect' => false]); // # => GET /{}/picture
$batch = [
    'me' => $fb->request('GET', '/me'), // # => GET /me
    'post' => $fb->request('POST', '/v20.0/me/feed', ['message' => 'x']), // # => POST /me/feed version=v20.0
];
$responses = $fb->sendBatchRequest($batch);
$fb->uploadVideo('me', '/tmp/a.mp4', ['title' => 'x']); // # => POST /me/videos
""",
    "Facebook SDK, of a service": """<?php
namespace App;
class Poster
{
    private $api = null;
    public function __construct(private readonly \\Facebook\\Facebook $fb) {}
    public function accounts() { return $this->fb->get('/me/accounts')->getGraphEdge(); } // # => GET /me/accounts
    protected function api()
    {
        if (!$this->api) {
            $this->api = new \\Facebook\\Facebook([]);
        }
        return $this->api;
    }
    public function post(string $page, string $kind)
    {
        switch ($kind) {
            case 'photo': $edge = 'photos'; break;
            default: $edge = 'feed';
        }
        $this->api()->post("/$page/$edge", []); // # => POST /{}/photos; POST /{}/feed
    }
}
""",
    "whatsapp-cloud-api": """<?php
use Netflie\\WhatsAppCloudApi\\WhatsAppCloudApi;
$api = new WhatsAppCloudApi(['from_phone_number_id' => '1', 'access_token' => 'x', 'graph_version' => 'v23.0']);
$api->sendTextMessage('49', 'Hello'); // # => POST /{}/messages version=v23.0 sends=messaging_product
$api->sendTemplate('49', 'hello_world', 'en_US'); // # => POST /{}/messages
$api->businessProfile('about,email'); // # => GET /{}/whatsapp_business_profile [about,email]
$api->downloadMedia('12'); // # => GET /12
""",
    "Facebook SDK 4": """<?php
use Facebook\\FacebookRequest;
$request = new FacebookRequest($session, 'GET', '/me/likes'); // # => GET /me/likes
(new FacebookRequest($session, 'DELETE', '/me/permissions'))->execute(); // # => DELETE /me/permissions
""",
    "Facebook SDK 3": """<?php
$facebook = new Facebook(['appId' => 'x']);
$facebook->api('/me'); // # => GET /me
$facebook->api('/me/feed', 'POST', ['message' => 'x']); // # => POST /me/feed
""",
    "business SDK": """<?php
use FacebookAds\\Object\\AdAccount;
use FacebookAds\\Object\\Fields\\CampaignFields;
$account = new AdAccount('act_123');
foreach ($account->getCampaigns([CampaignFields::ID, CampaignFields::NAME]) as $campaign) { // # => GET /act_123/campaigns [id,name]
    $campaign->getInsights(['spend']); // # => GET /{}/insights [spend]
}
$made = $account->createCampaign([], ['name' => 'x']); // # => POST /act_123/campaigns
$made->updateSelf([], ['status' => 'PAUSED']); // # => POST /{}
$made->deleteSelf(); // # => DELETE /{}
""",
    "Laravel Http": """<?php
namespace App\\Services;
use Illuminate\\Support\\Facades\\Http;
class Graph
{
    protected string $host = 'https://graph.facebook.com';
    private const VERSION = 'v19.0';
    public function run($id, $token)
    {
        Http::get("{$this->host}/v19.0/me/accounts", ['fields' => 'id,name', 'access_token' => $token]); // # => GET /me/accounts [id,name] version=v19.0
        Http::withToken($token)->get($this->host . '/' . self::VERSION . "/$id/insights"); // # => GET /{}/insights version=v19.0
        Http::asForm()->withHeaders([])->post('https://graph.facebook.com/v19.0/me/feed', ['message' => 'x']); // # => POST /me/feed sends=message
        Http::baseUrl('https://graph.facebook.com/v19.0')->acceptJson()->delete('/12_3'); // # => DELETE /12_3
        \\Illuminate\\Support\\Facades\\Http::timeout(3)->get('https://example.com/me');
    }
}
""",
    "Guzzle": """<?php
use GuzzleHttp\\Client;
use GuzzleHttp\\RequestOptions;
$client = new Client(['base_uri' => 'https://graph.facebook.com/v19.0/']);
$client->get('me/accounts', ['query' => ['fields' => 'id']]); // # => GET /me/accounts [id] version=v19.0
$client->request('POST', '12/feed', ['form_params' => ['message' => 'hi']]); // # => POST /12/feed sends=message
$client->requestAsync('DELETE', '12_3'); // # => DELETE /12_3
$plain = new Client();
$plain->post('https://graph.facebook.com/v19.0/me/messages', ['json' => ['recipient' => 1]]); // # => POST /me/messages sends=recipient
$plain->get('https://graph.facebook.com/me', [RequestOptions::QUERY => ['fields' => 'id']]); // # => GET /me [id]
""",
    "Symfony HttpClient": """<?php
use Symfony\\Contracts\\HttpClient\\HttpClientInterface;
class Pages
{
    public function __construct(private HttpClientInterface $client) {}
    public function all(): array
    {
        return $this->client->request('GET', 'https://graph.facebook.com/v19.0/me/accounts', ['query' => ['fields' => 'id']])->toArray(); // # => GET /me/accounts [id]
    }
}
""",
    "curl": """<?php
function read($id, $token)
{
    $ch = curl_init();
    curl_setopt($ch, CURLOPT_URL, "https://graph.facebook.com/v19.0/{$id}/photos?access_token={$token}"); // # => POST /{}/photos
    curl_setopt($ch, CURLOPT_POST, true);
    curl_setopt($ch, CURLOPT_RETURNTRANSFER, 1);
    return json_decode(curl_exec($ch), true);
}
$a = curl_init('https://graph.facebook.com/me/likes'); // # => GET /me/likes
echo curl_exec($a);
$b = curl_init('https://graph.facebook.com/me/permissions'); // # => DELETE /me/permissions
curl_setopt_array($b, [CURLOPT_CUSTOMREQUEST => 'DELETE', CURLOPT_RETURNTRANSFER => true]);
curl_exec($b);
$c = curl_init();
curl_setopt_array($c, array(CURLOPT_URL => 'https://graph.facebook.com/me/feed', CURLOPT_POSTFIELDS => array('message' => 'x'))); // # => POST /me/feed sends=message
curl_exec($c);
""",
    "curl of a wrapper": """<?php
class Api
{
    private function call($method, $path, $fields = [])
    {
        $ch = curl_init('https://graph.facebook.com/v19.0' . $path);
        curl_setopt($ch, CURLOPT_CUSTOMREQUEST, $method);
        return curl_exec($ch);
    }
    public function pages() { return $this->call('GET', '/me/accounts'); } // # => GET /me/accounts
    public function post($page) { return $this->call('POST', "/$page/feed"); } // # => POST /{}/feed
}
""",
    "streams": """<?php
$me = json_decode(file_get_contents('https://graph.facebook.com/v19.0/me?fields=id&access_token=' . $token)); // # => GET /me [id]
$options = array('http' => array('method' => 'POST', 'header' => 'x', 'content' => http_build_query(['message' => 'x'])));
$context = stream_context_create($options);
file_get_contents('https://graph.facebook.com/me/feed', false, $context); // # => POST /me/feed
file_get_contents('php://input');
""",
    "WordPress": """<?php
class My_Plugin {
    public function me() {
        $url = add_query_arg( array( 'fields' => 'id,name' ), 'https://graph.facebook.com/v19.0/me' );
        $response = wp_remote_get( esc_url_raw( $url ), array( 'timeout' => 10 ) ); // # => GET /me [id,name]
        wp_remote_post( 'https://graph.facebook.com/v19.0/me/feed', array( 'body' => array( 'message' => 'x' ) ) ); // # => POST /me/feed sends=message
        wp_remote_request( 'https://graph.facebook.com/12_3', array( 'method' => 'DELETE' ) ); // # => DELETE /12_3
    }
}
""",
    "a base class in another file": {
        "src/Provider.php": """<?php
namespace App;
use App\\Concerns\\ReadsPages;
abstract class Provider { protected string $apiUrl = 'https://graph.facebook.com'; }
class PageProvider extends Provider { use ReadsPages; }
""",
        "src/Concerns/ReadsPages.php": """<?php
namespace App\\Concerns;
use Illuminate\\Support\\Facades\\Http;
trait ReadsPages
{
    public function pages() { return Http::get("$this->apiUrl/$this->version/me/accounts"); } // # => GET /me/accounts
}
// facebook.com pages_show_list
""",
    },
    "a function of another file": {
        "lib/graph.php": """<?php
if (!function_exists('graph_get')) {
    function graph_get($path, array $params = []) {
        return wp_remote_get('https://graph.facebook.com/v19.0/' . ltrim($path, '/') . '?' . http_build_query($params));
    }
}
""",
        "pages.php": "<?php\n$pages = graph_get('/me/accounts', ['fields' => 'id']); // # => GET /me/accounts [id]\n// graph facebook\n",
    },
    "a script of the page": """<html><body>
<?php $id = 1; ?>
<script>
  FB.api('/me/accounts', function (response) {}); // # => GET /me/accounts
  fetch('https://graph.facebook.com/v19.0/<?= $id ?>/feed', {method: 'POST'}); // # => POST /{}/feed
</script>
</body></html>
""",
}


@pytest.mark.parametrize("app", CLIENTS.values(), ids=CLIENTS)
def test_calls(check_calls, app):
    check_calls({"app.php": app} if isinstance(app, str) else app)


def test_the_example_of_the_seed_document(calls_of):
    sample = """<?php
$fb = new Facebook\\Facebook([]);
/* PHP SDK v5.0.0 */
/* make the API call */
try {
  // Returns a `Facebook\\FacebookResponse` object
  $response = $fb->get(
    '/{user-id}/permissions',
    '{access-token}'
  );
} catch(Facebook\\Exceptions\\FacebookResponseException $e) {
  echo 'Graph returned an error: ' . $e->getMessage();
  exit;
}
$graphNode = $response->getGraphNode();
"""
    (call,) = calls_of({"a.php": sample})
    assert (call.method, call.host, call.endpoint) == ("GET", "graph.facebook.com", "/{user-id}/permissions")
