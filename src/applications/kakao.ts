import { operator } from "../language/applications/vocabulary.js";

export default operator({
  name: "kakao",
  title: "Kakao",
  source: "https://www.kakaocorp.com",
  applications: [
    {
      name: "kakaotalk",
      title: "KakaoTalk",
      category: "messaging",
      source: "https://www.kakaocorp.com/page/service/service/KakaoTalk",
      hosts: [
        "kakao.com",
        "kakao.co.kr",
        "kakaocdn.net",
        "kakaocorp.com",
        "kakaogame.com",
        "kakaoapi.com",
        "kakaotalk.com",
        "kakaoenterprise.com",
      ],
    },
    {
      name: "daum",
      title: "Daum",
      category: "search",
      source: "https://www.daum.net",
      hosts: ["daum.net", "daumcdn.net", "daumkakao.com", "hanmail.net"],
    },
    {
      name: "kakao-pay",
      title: "KakaoPay",
      category: "finance",
      source: "https://www.kakaopay.com",
      hosts: ["kakaopay.com"],
    },
  ],
});
