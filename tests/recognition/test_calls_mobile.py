"""Calls of the Graph API in Dart, Swift, Objective-C and Ruby; the markers are explained in conftest.py."""

from __future__ import annotations

import pytest

CLIENTS = {
    "dart: http": (
        "app.dart",
        """
import 'package:http/http.dart' as http;

const version = 'v24.0';
const base = 'https://graph.facebook.com/$version';

class Api {
  Api(this.token);
  final String token;
  static final _client = http.Client();

  Future<void> run(String pageId) async {
    await http.get(Uri.parse('$base/me/accounts?fields=id,name&access_token=$token'));  // # => GET /me/accounts version=v24.0 [id,name]
    await http.post(Uri.parse("$base/$pageId/feed"), body: {'message': 'a', 'access_token': token});  // # => POST /{}/feed sends=access_token,message
    await _client.delete(Uri.https('graph.facebook.com', '/v24.0/$pageId'));  // # => DELETE /{}
    await http.get(Uri.https('graph.facebook.com', '/v24.0/me', {'fields': 'id,email'}));  // # => GET /me [id,email]
    await http.get(Uri(scheme: 'https', host: 'graph.facebook.com', path: '/me/likes', queryParameters: {'limit': '3'}));  // # => GET /me/likes version=none
    final request = http.MultipartRequest('POST', Uri.parse('$base/$pageId/photos'))..fields['caption'] = 'a';  // # => POST /{}/photos
    await request.send();
    await _get('/me/posts');  // # => GET /me/posts
    await http.get(Uri.parse('https://example.com/me'));
  }

  Future<http.Response> _get(String path) => http.get(Uri.parse(base + path));
}
""",
    ),
    "dart: dio": (
        "app.dart",
        """
import 'package:dio/dio.dart';

final dio = Dio(BaseOptions(baseUrl: 'https://graph.facebook.com/v24.0'));

Future<void> main() async {
  await dio.get('/me/accounts', queryParameters: {'fields': 'id'});  // # => GET /me/accounts [id]
  await dio.post('/12/feed', data: {'message': 'a'});  // # => POST /12/feed
  await Dio().get('https://graph.facebook.com/v24.0/me/photos');  // # => GET /me/photos
}
""",
    ),
    "dart: flutter_facebook_auth": (
        "app.dart",
        """
import 'package:flutter_facebook_auth/flutter_facebook_auth.dart';

Future<void> main() async {
  await FacebookAuth.instance.getUserData();  // # => GET /me [name,email,picture]
  await FacebookAuth.i.getUserData(fields: 'id,birthday');  // # => GET /me [id,birthday]
}
""",
    ),
    # The sample of Meta's documentation of the permissions edge.
    "objc: a sample": (
        "Sample.m",
        """
/* make the API call */
FBSDKGraphRequest *request = [[FBSDKGraphRequest alloc]  // # => GET /{user-id}/permissions via=facebook-ios-sdk version=none
                               initWithGraphPath:@"/{user-id}/permissions"
                                      parameters:params
                                      HTTPMethod:@"GET"];
[request startWithCompletionHandler:^(FBSDKGraphRequestConnection *connection,
                                      id result,
                                      NSError *error) {
    // Handle the result
}];
""",
    ),
    "objc": (
        "Api.m",
        """
#import "Api.h"

static NSString *const kGraph = @"https://graph.facebook.com/v24.0";

@implementation Api

- (void)fetch:(NSString *)page {
    [[[FBSDKGraphRequest alloc] initWithGraphPath:@"me" parameters:@{@"fields": @"id,email"}] startWithCompletionHandler:nil];  // # => GET /me [id,email]
    [[[FBSDKGraphRequest alloc] initWithGraphPath:result.token.userID parameters:@{@"fields": @"id"}] start];  // # => GET /{} [id]
    NSString *path = [NSString stringWithFormat:@"/%@/photos", page];
    [[[FBSDKGraphRequest alloc] initWithGraphPath:path parameters:@{@"caption": @"a"} HTTPMethod:@"POST"] startWithCompletionHandler:nil];  // # => POST /{}/photos
    [FBRequestConnection startWithGraphPath:@"/me/friends" parameters:nil HTTPMethod:@"GET" completionHandler:nil];  // # => GET /me/friends
    [FBRequestConnection startForMeWithCompletionHandler:^(FBRequestConnection *c, id result, NSError *error) {}];  // # => GET /me
    NSString *url = [kGraph stringByAppendingFormat:@"/%@/feed?fields=id", page];
    NSMutableURLRequest *request = [NSMutableURLRequest requestWithURL:[NSURL URLWithString:url]];  // # => POST /{}/feed
    [request setHTTPMethod:@"POST"];
    [[[NSURLSession sharedSession] dataTaskWithRequest:request completionHandler:^(NSData *d, NSURLResponse *r, NSError *e) {}] resume];
    [[NSURLSession sharedSession] dataTaskWithURL:[NSURL URLWithString:[NSString stringWithFormat:@"%@/me/likes", kGraph]]];  // # => GET /me/likes
    AFHTTPSessionManager *manager = [AFHTTPSessionManager manager];
    [manager GET:[kGraph stringByAppendingString:@"/me/accounts"] parameters:@{@"fields": @"id"} success:nil failure:nil];  // # => GET /me/accounts [id]
    NSData *data = [NSData dataWithContentsOfURL:[NSURL URLWithString:@"https://graph.facebook.com/me?fields=name"]];  // # => GET /me [name]
}

@end
""",
    ),
    "ruby: koala": (
        "app.rb",
        """
class Api
  def initialize(token)
    @graph = Koala::Facebook::API.new(token)
  end

  def run(page_id)
    @graph.get_object('me', fields: %w[id email].join(','))  # => GET /me [id,email] via=koala
    graph.get_connections('me', 'accounts', { fields: 'id,name' })  # => GET /me/accounts [id,name]
    graph.put_connections(page_id, 'feed', message: 'a')  # => POST /{}/feed sends=message
    graph.put_wall_post('hi')  # => POST /me/feed
    graph.delete_object("#{page_id}_1")  # => DELETE /{}_1
    graph.graph_call("#{page_id}/posts", {}, 'post')  # => POST /{}/posts
    graph.send(:get_connection, 'me', 'likes')  # => GET /me/likes
    graph.batch do |api|
      api.get_object('me')  # => GET /me
      api.get_connections('me', 'friends')  # => GET /me/friends
    end
  end

  private

  attr_reader :graph
end
""".replace("attr_reader :graph", "def graph = @graph"),
    ),
    "ruby: http": (
        "app.rb",
        """
require 'net/http'

module Graph
  VERSION = 'v24.0'.freeze
  BASE = "https://graph.facebook.com/#{VERSION}".freeze

  class Client
    def initialize(token) = @token = token

    def run(id)
      HTTParty.get("#{BASE}/#{id}/insights", query: { metric: 'a', access_token: @token })  # => GET /{}/insights via=HTTParty
      HTTParty.post("#{BASE}/#{id}/feed", body: { message: 'a' })  # => POST /{}/feed sends=message
      Net::HTTP.get(URI("#{BASE}/me?fields=id"))  # => GET /me [id]
      uri = URI.parse("#{BASE}/me/albums")
      uri.query = URI.encode_www_form(fields: 'id', access_token: @token)
      Net::HTTP.get_response(uri)  # => GET /me/albums [id]
      Net::HTTP.post_form(URI("#{BASE}/me/photos"), 'url' => 'a')  # => POST /me/photos
      RestClient.get("#{BASE}/me/friends", params: { fields: 'name' })  # => GET /me/friends [name]
      connection.get('v24.0/me/likes')  # => GET /me/likes
      request('me/videos', limit: 1)  # => GET /me/videos
      RestClient.get('https://example.com/me')
    end

    def request(path, params = {})
      Faraday.get("#{BASE}/#{path}", params)
    end

    def connection
      @connection ||= Faraday.new(url: 'https://graph.facebook.com') { |f| f.adapter :net_http }
    end
  end
end
""",
    ),
    "ruby: HTTParty in a class": (
        "app.rb",
        """
class Facebook
  include HTTParty
  base_uri 'https://graph.facebook.com/v24.0'

  def me
    self.class.get('/me', query: { fields: 'id' })  # => GET /me [id]
  end

  def self.accounts
    get('/me/accounts')  # => GET /me/accounts
  end
end
""",
    ),
    "ruby: a strategy, whose library knows the site": (
        "facebook.rb",
        """
module OmniAuth
  module Strategies
    class Facebook < OmniAuth::Strategies::OAuth2
      VERSION = 'v24.0'.freeze
      option :client_options, { site: "https://graph.facebook.com/#{VERSION}", token_url: 'oauth/access_token' }

      def raw_info
        @raw_info ||= access_token.get('me', { params: { fields: 'name,email' } }).parsed || {}  # => GET /me [name,email]
      end
    end
  end
end
""",
    ),
    "swift: GraphRequest": (
        "app.swift",
        """
import FacebookCore

let params = ["fields": "id,email"]

class Api {
    func run(page: String) {
        GraphRequest(graphPath: "me", parameters: params).start { _, result, error in  // # => GET /me [id,email] via=facebook-ios-sdk
            print(result ?? error)
        }
        let request = GraphRequest(graphPath: "/\\(page)/feed", parameters: ["message": "a"], httpMethod: .post)  // # => POST /{}/feed
        request.start()
        let connection = GraphRequestConnection()
        connection.add(GraphRequest(graphPath: "me/friends", parameters: [:], tokenString: nil, version: "v22.0", httpMethod: .get)) { _, _, _ in }  // # => GET /me/friends version=v22.0
        connection.start()
        GraphRequest(graphPath: "12", parameters: [:], httpMethod: HTTPMethod(rawValue: "DELETE")).start()  // # => DELETE /12
    }
}
""",
    ),
    "swift: URLSession": (
        "app.swift",
        """
import Foundation

struct Graph {
    static let version = "v24.0"
    static var base: String { "https://graph.facebook.com/\\(version)" }
    let token: String

    func run(user: String) async throws {
        var components = URLComponents(string: "\\(Graph.base)/me/accounts")!
        components.queryItems = [URLQueryItem(name: "fields", value: "id,name"), URLQueryItem(name: "access_token", value: token)]
        let (data, _) = try await URLSession.shared.data(from: components.url!)  // # => GET /me/accounts [id,name]
        var request = URLRequest(url: URL(string: "\\(Graph.base)/\\(user)/feed")!)  // # => POST /{}/feed
        request.httpMethod = "POST"
        URLSession.shared.dataTask(with: request) { data, _, _ in print(data) }.resume()
        let (more, _) = try await URLSession.shared.data(for: request)
        guard let url = URL(string: String(format: "https://graph.facebook.com/%@/albums?fields=id", user)) else { return }
        URLSession.shared.dataTask(with: url) { _, _, _ in }.resume()  // # => GET /{}/albums [id]
        var parts = URLComponents()
        parts.scheme = "https"
        parts.host = "graph.facebook.com"
        parts.path = "/v24.0/me/likes"
        URLSession.shared.dataTask(with: parts.url!).resume()  // # => GET /me/likes
        guard var steps = URL(string: "https://graph.facebook.com") else { return }
        steps.appendPathComponent("me")
        steps.append(path: "photos")
        var query = URLComponents(url: steps, resolvingAgainstBaseURL: true)
        query?.queryItems = [URLQueryItem(name: "fields", value: "link")]
        URLSession.shared.dataTask(with: URLRequest(url: query!.url!)).resume()  // # => GET /me/photos [link]
        send("me/posts") { print($0) }  // # => GET /me/posts
    }

    func send(_ path: String, then: (Data) -> Void) {
        URLSession.shared.dataTask(with: URL(string: Graph.base + "/" + path)!) { data, _, _ in then(data!) }.resume()
    }
}
""",
    ),
    "swift: Alamofire": (
        "app.swift",
        """
import Alamofire

AF.request("https://graph.facebook.com/v24.0/me", parameters: ["fields": "id"]).responseJSON { _ in }  // # => GET /me [id]
AF.request("https://graph.facebook.com/v24.0/12/photos", method: .post, parameters: ["url": "a"], encoding: JSONEncoding.default)  // # => POST /12/photos
""",
    ),
}


@pytest.mark.parametrize("app", CLIENTS.values(), ids=CLIENTS)
def test_clients(check_calls, app):
    check_calls({app[0]: app[1]})
